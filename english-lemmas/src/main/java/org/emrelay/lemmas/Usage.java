package org.emrelay.lemmas;

/**
 * The usage of a lemma as one part of speech, according to WordNet.
 *
 * @param count the number of occurrences in tagged texts
 * @param lowerCase whether any sense is spelled in lower case
 */
record Usage(long count, int senses, boolean lowerCase) {
    static final Usage NONE = new Usage(0, 0, false);

    Usage plus(long occurrences, boolean inLowerCase) {
        return new Usage(count + occurrences, senses + 1, lowerCase || inLowerCase);
    }

    boolean isLemma() {
        return senses > 0;
    }
}
