"""Users, groups and sharing: who may do what, and on which invoices; what that means is said in `domain.access`."""
