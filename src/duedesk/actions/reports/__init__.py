"""Reports: each asks the book in one reading and hands what it finds to the writer of its workbook."""
