"""A spreadsheet of filings: read, understood, checked row by row, and filed once it is confirmed."""
