package org.emrelay.jobs.wordclouds.titles;

import java.util.Objects;

/** A thing a title can be about, once or several times. */
record Noun(String one, String many) {

    Noun {
        Objects.requireNonNull(one, "one");
        Objects.requireNonNull(many, "many");
    }

    /** {@code Dragon}, or {@code Wolf/Wolves} where the plural is not made by adding an s. */
    static Noun parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? new Noun(text, text + "s") : new Noun(text.substring(0, slash), text.substring(slash + 1));
    }
}
