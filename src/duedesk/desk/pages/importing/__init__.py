"""The page that takes files in: shown first, asked about, then written; the reading itself is `actions.importing`."""
