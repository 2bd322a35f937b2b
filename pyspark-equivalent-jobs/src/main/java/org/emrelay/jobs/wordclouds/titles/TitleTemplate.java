package org.emrelay.jobs.wordclouds.titles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern such as {@code The {adjective} {noun}}, with how often it is used. */
record TitleTemplate(double weight, List<Gap> gaps, String end) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(a:)?([a-z]+)}");

    /** What can stand in a gap. */
    enum Filling {
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

    /** The words before a gap, and what fills it, with an article where asked for. */
    record Gap(String before, boolean article, Filling filling) {}

    TitleTemplate {
        gaps = List.copyOf(gaps);
    }

    /** A line is the weight, a space and the pattern; the pattern may be empty. */
    static TitleTemplate parse(String line) {
        int space = line.indexOf(' ');
        double weight = Double.parseDouble(space < 0 ? line : line.substring(0, space));
        String pattern = space < 0 ? "" : line.substring(space + 1);
        List<Gap> gaps = new ArrayList<>();
        int end = 0;
        for (Matcher matcher = PLACEHOLDER.matcher(pattern); matcher.find(); end = matcher.end()) {
            Filling filling = Filling.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
            gaps.add(new Gap(pattern.substring(end, matcher.start()), matcher.group(1) != null, filling));
        }
        return new TitleTemplate(weight, gaps, pattern.substring(end));
    }

    boolean opensWith(char letter) {
        String opening = gaps.isEmpty() ? end : gaps.get(0).before();
        return !opening.isEmpty() && opening.charAt(0) == letter;
    }
}
