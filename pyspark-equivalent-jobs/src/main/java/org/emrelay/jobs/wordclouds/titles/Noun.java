package org.emrelay.jobs.wordclouds.titles;

import java.util.Objects;

/** A noun with its singular and plural. */
record Noun(String singular, String plural) {

    Noun {
        Objects.requireNonNull(singular, "singular");
        Objects.requireNonNull(plural, "plural");
    }

    /** Parses {@code Dragon}, or {@code Wolf/Wolves} for an irregular plural. */
    static Noun parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? new Noun(text, text + "s") : new Noun(text.substring(0, slash), text.substring(slash + 1));
    }
}
