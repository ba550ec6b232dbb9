"""Taking files in, one topic a file: `taking` is the verb, `book` opens or makes the book it goes into."""
