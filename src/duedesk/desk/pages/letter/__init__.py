"""The page of a reminder to one account: preview, print, save, letterhead; nothing is recorded as sent here."""
