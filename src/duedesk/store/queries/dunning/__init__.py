"""What a dunning run looks at before it writes a letter: items, levels, holds, policies; nothing is issued here."""
