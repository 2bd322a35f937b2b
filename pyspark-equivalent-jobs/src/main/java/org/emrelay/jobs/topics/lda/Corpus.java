package org.emrelay.jobs.topics.lda;

import java.util.Arrays;
import java.util.List;

/**
 * Documents as sequences of terms, concatenated in one array.
 *
 * @param vocabulary the number of terms in the vocabulary
 * @param offsets the start of each document in {@code terms}, then the end of the last one
 * @param terms the indexes of the terms in the order of the text; {@link #UNKNOWN} for a word that is not in the vocabulary
 */
@SuppressWarnings("ArrayRecordComponent") // Compact: it holds millions of posts, and is never compared.
public record Corpus(int vocabulary, int[] offsets, int[] terms) {
    public static final int UNKNOWN = -1;

    public Corpus {
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != terms.length) {
            throw new IllegalArgumentException("offsets must begin with 0 and end with the number of terms");
        }
    }

    /** Creates a corpus from documents, each an array of terms. */
    public static Corpus of(int vocabulary, List<int[]> documents) {
        int[] offsets = new int[documents.size() + 1];
        for (int i = 0; i < documents.size(); i++) {
            offsets[i + 1] = Math.addExact(offsets[i], documents.get(i).length);
        }
        int[] terms = new int[offsets[documents.size()]];
        for (int i = 0; i < documents.size(); i++) {
            System.arraycopy(documents.get(i), 0, terms, offsets[i], documents.get(i).length);
        }
        return new Corpus(vocabulary, offsets, terms);
    }

    public int size() {
        return offsets.length - 1;
    }

    public int[] document(int index) {
        return Arrays.copyOfRange(terms, offsets[index], offsets[index + 1]);
    }

    /** Returns the documents at these indexes, in this order. */
    public Corpus select(int[] documents) {
        int[] selectedOffsets = new int[documents.length + 1];
        for (int i = 0; i < documents.length; i++) {
            selectedOffsets[i + 1] =
                    Math.addExact(selectedOffsets[i], offsets[documents[i] + 1] - offsets[documents[i]]);
        }
        int[] selected = new int[selectedOffsets[documents.length]];
        for (int i = 0; i < documents.length; i++) {
            System.arraycopy(
                    terms,
                    offsets[documents[i]],
                    selected,
                    selectedOffsets[i],
                    selectedOffsets[i + 1] - selectedOffsets[i]);
        }
        return new Corpus(vocabulary, selectedOffsets, selected);
    }

    /** Returns the same documents without unknown words. */
    public Corpus known() {
        int[] knownOffsets = new int[offsets.length];
        int[] known = new int[terms.length];
        int length = 0;
        for (int document = 0; document < size(); document++) {
            for (int i = offsets[document]; i < offsets[document + 1]; i++) {
                if (terms[i] != UNKNOWN) {
                    known[length++] = terms[i];
                }
            }
            knownOffsets[document + 1] = length;
        }
        return new Corpus(vocabulary, knownOffsets, Arrays.copyOf(known, length));
    }
}
