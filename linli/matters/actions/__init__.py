"""The only writers of matters. One verb, one function, named where it belongs:

raising (raise, enter) · sorting (triage, hand over) · moving (claim, move, withdraw, reopen, outcomes) ·
orders · reviewing (returns, extensions, verification) · whistles · watching (suspend, urge, supervise,
lateness) · speaking (answer, comment, note, publish) · judging (call back, evaluate, exclude) ·
procedures (store, adopt) · files.
"""
