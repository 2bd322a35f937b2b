package org.sparkpipelines.jobs.wordclouds;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes up the title of a book of a given year, about what people wrote about in that year. */
final class TitleWriter {
    static final int FIRST_YEAR = 1995;
    static final int LAST_YEAR = 2015;

    private static final List<String> COUNTS =
            List.of("7", "101", "10", "50", "100", "1001", "12", "365", "5", "21", "30", "500", "99", "25", "14");
    private static final List<String> ORDINALS =
            List.of("2nd", "3rd", "Second", "4th", "Third", "5th", "6th", "Fourth", "7th", "8th", "Tenth");

    private final Names names = new Names(Sections.load("names.txt"));
    private final Odds<String> counts = Odds.falling(COUNTS);
    private final Odds<String> ordinals = Odds.falling(ORDINALS);
    private final Odds<Integer> numbers =
            Odds.falling(IntStream.rangeClosed(1, 40).boxed().toList());
    private final List<Odds<Theme>> themesByYear;
    private final Map<String, Odds<TitleTemplate>> templates = new HashMap<>();

    TitleWriter() {
        Sections text = Sections.load("templates.txt");
        text.lines().forEach((heading, lines) -> {
            List<TitleTemplate> parsed =
                    lines.stream().map(TitleTemplate::parse).toList();
            templates.put(heading, new Odds<>(parsed, TitleTemplate::weight));
        });
        List<Theme> themes = Sections.load("themes.txt").lines().entrySet().stream()
                .map(section -> Theme.parse(section.getKey(), section.getValue()))
                .toList();
        themesByYear = IntStream.rangeClosed(FIRST_YEAR, LAST_YEAR)
                .mapToObj(year -> new Odds<>(themes, theme -> theme.popularity().in(year)))
                .toList();
    }

    String write(int year, Dice dice) {
        Theme theme = themesByYear.get(year - FIRST_YEAR).choose(dice);
        StringBuilder title = new StringBuilder(64);
        append(title, templates("[" + theme.kind() + "]").choose(dice), theme, year, dice);
        TitleTemplate ending = templates("[" + theme.kind() + " endings]").choose(dice);
        boolean wordsFollow = !ending.gaps().isEmpty() || !ending.end().isEmpty();
        if (wordsFollow && opening(ending) == '(') {
            title.append(' ');
        }
        append(title, ending, theme, year, dice);
        return title.toString();
    }

    private Odds<TitleTemplate> templates(String heading) {
        Odds<TitleTemplate> found = templates.get(heading);
        if (found == null) {
            throw new IllegalStateException("templates.txt has no " + heading);
        }
        return found;
    }

    private static char opening(TitleTemplate template) {
        return (template.gaps().isEmpty()
                        ? template.end()
                        : template.gaps().get(0).before())
                .charAt(0);
    }

    private void append(StringBuilder title, TitleTemplate template, Theme theme, int year, Dice dice) {
        for (TitleTemplate.Gap gap : template.gaps()) {
            title.append(gap.before());
            String filling = fill(gap.filling(), theme, year, dice);
            // A title that says a word twice reads like a mistake; after three tries it may.
            for (int tries = 0; tries < 3 && title.indexOf(filling) >= 0; tries++) {
                filling = fill(gap.filling(), theme, year, dice);
            }
            if (gap.article()) {
                title.append("AEIO".indexOf(filling.charAt(0)) >= 0 ? "An " : "A ");
            }
            title.append(filling);
        }
        title.append(template.end());
    }

    private String fill(TitleTemplate.Filling filling, Theme theme, int year, Dice dice) {
        return switch (filling) {
            case ADJECTIVE -> theme.adjectives().choose(dice);
            case COUNT -> counts.choose(dice);
            case FIRST -> names.first(dice);
            case NAME -> names.name(dice);
            case NOUN -> theme.nouns().choose(dice).one();
            case NOUNS -> theme.nouns().choose(dice).many();
            case NUMBER -> numbers.choose(dice).toString();
            case ORDINAL -> ordinals.choose(dice);
            case PLACE -> names.place(dice);
            case SUBJECT -> theme.subjects().choose(dice);
            case SURNAME -> names.surname(dice);
            case VERB -> theme.verbs().choose(dice);
            case YEAR -> Integer.toString(year);
        };
    }
}
