"""The pages of setting up: one calm page a stage, each works without JavaScript."""
