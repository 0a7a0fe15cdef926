"""
The authorisation table: every address × every method × everybody, and what each of them gets.

``table.tsv`` is read by people first. A new address is one line, its cells ``?`` at first: the test answers
with the line as measured, to be judged and kept. Cells: ``ok`` let in · ``sign-in`` sent to sign in, or 401 ·
``403`` · ``404`` · ``409``, ``422`` let in, refused for the state or the content · ``405`` no such method.
"""
