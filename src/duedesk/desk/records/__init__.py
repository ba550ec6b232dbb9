"""What the pages of one record share: sheets of rows, tabs, facts and commands; it knows no record and no page."""
