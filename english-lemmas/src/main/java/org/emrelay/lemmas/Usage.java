package org.emrelay.lemmas;

/** How much WordNet knows of a lemma as one part of speech: how often it was met in tagged texts, in how many senses, and whether in lower case. */
record Usage(long count, int senses, boolean lowerCase) {
    static final Usage NONE = new Usage(0, 0, false);

    Usage plus(long timesMet, boolean inLowerCase) {
        return new Usage(count + timesMet, senses + 1, lowerCase || inLowerCase);
    }

    boolean isLemma() {
        return senses > 0;
    }
}
