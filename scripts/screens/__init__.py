"""Pictures of the main pages, to be looked at before a page is called done."""
