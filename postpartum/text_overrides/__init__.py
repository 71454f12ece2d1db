"""The therapist's own words in place of those the site came with: screening, advice, signs, mails, the practice.

Every word shown is marked for translation, so her words are one more catalogue of translations: the rows are the
truth, each process keeps the newest of them in its catalogue, and no page asks the database for a word.
"""
