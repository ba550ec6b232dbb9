"""What follows a record through its life: notes and files on it, who looked at it."""
