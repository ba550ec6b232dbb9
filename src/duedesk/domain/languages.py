"""The languages that what goes to customers is written in; the words of each are files beside the program."""

LANGUAGES = ("en", "de", "fr", "es", "nl", "it")
