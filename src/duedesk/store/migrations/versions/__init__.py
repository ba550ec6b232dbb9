"""One file a schema, numbered; each says what it adds and is never changed once released."""
