"""What reports read that no page does: the rows of a period, one by one."""
