package org.emrelay.jobs.wordclouds.titles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A weighted title pattern such as {@code The {adjective} {noun}}. */
record TitleTemplate(double weight, List<Placeholder> placeholders, String suffix) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(a:)?([a-z]+)}");

    /** The kinds of words that fill a placeholder. */
    enum PlaceholderKind {
        ADJECTIVE,
        COUNT,
        CYCLE,
        FIRST,
        NAME,
        NOUN,
        NOUNS,
        NUMBER,
        ORDINAL,
        PLACE,
        SUBJECT,
        SURNAME,
        VERB,
        WORK,
        YEAR
    }

    /** A placeholder with the literal text before it, and whether it takes an indefinite article. */
    record Placeholder(String prefix, boolean hasArticle, PlaceholderKind kind) {}

    TitleTemplate {
        placeholders = List.copyOf(placeholders);
    }

    /** Parses a weight, a space and a pattern, which may be empty. */
    static TitleTemplate parse(String line) {
        int space = line.indexOf(' ');
        double weight = Double.parseDouble(space < 0 ? line : line.substring(0, space));
        String pattern = space < 0 ? "" : line.substring(space + 1);
        List<Placeholder> gaps = new ArrayList<>();
        int end = 0;
        for (Matcher matcher = PLACEHOLDER.matcher(pattern); matcher.find(); end = matcher.end()) {
            PlaceholderKind filling = PlaceholderKind.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
            gaps.add(new Placeholder(pattern.substring(end, matcher.start()), matcher.group(1) != null, filling));
        }
        return new TitleTemplate(weight, gaps, pattern.substring(end));
    }

    boolean startsWith(char character) {
        String opening = placeholders.isEmpty() ? suffix : placeholders.get(0).prefix();
        return !opening.isEmpty() && opening.charAt(0) == character;
    }
}
