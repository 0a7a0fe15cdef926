"""Pages for programmers: what each problem type of the API means, as the classes of refusals say it."""
