package org.emrelay.jobs.wordclouds.titles;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.emrelay.jobs.random.KeyedRandom;

/** Generates the title of a book from the themes popular in its year. */
final class TitleWriter {
    static final int FIRST_YEAR = 1995;
    static final int LAST_YEAR = 2015;

    private static final Pattern STARTS_WITH_VOWEL_SOUND = Pattern.compile("(?i)[aeio]|u(?!ni|s)|heir");
    private static final List<String> COUNTS =
            List.of("7", "101", "10", "50", "100", "1001", "12", "365", "5", "21", "30", "500", "99", "25", "14");
    private static final List<String> ORDINALS =
            List.of("2nd", "3rd", "Second", "4th", "Third", "5th", "6th", "Fourth", "7th", "8th", "Tenth");

    private final NameGenerator names = new NameGenerator(SectionedFile.load("names.txt"));
    private final WeightedChoice<String> counts = WeightedChoice.nearlyUniform(COUNTS);
    private final WeightedChoice<String> ordinals = WeightedChoice.skewed(ORDINALS);
    private final WeightedChoice<Integer> numbers =
            WeightedChoice.skewed(IntStream.rangeClosed(1, 40).boxed().toList());
    private final List<WeightedChoice<ThemeTemplates>> templatesByYear;

    /** A theme with the title templates of its kind of book. */
    private record ThemeTemplates(
            Theme theme, WeightedChoice<TitleTemplate> beginnings, WeightedChoice<TitleTemplate> endings) {}

    TitleWriter() {
        SectionedFile templates = SectionedFile.load("templates.txt");
        List<ThemeTemplates> templatesOfThemes = SectionedFile.load("themes.txt").lines().entrySet().stream()
                .map(section -> Theme.parse(section.getKey(), section.getValue()))
                .map(theme -> new ThemeTemplates(
                        theme,
                        parse(templates.below("[" + theme.kind() + "]")),
                        parse(templates.below("[" + theme.kind() + " endings]"))))
                .toList();
        templatesByYear = IntStream.rangeClosed(FIRST_YEAR, LAST_YEAR)
                .mapToObj(year -> WeightedChoice.weighted(
                        templatesOfThemes,
                        themeTemplates -> themeTemplates.theme().popularity().in(year)))
                .toList();
    }

    String write(int year, KeyedRandom random) {
        ThemeTemplates themeTemplates = templatesByYear.get(year - FIRST_YEAR).choose(random);
        StringBuilder title = new StringBuilder(64);
        append(title, themeTemplates.beginnings().choose(random), themeTemplates.theme(), year, random);
        TitleTemplate ending = themeTemplates.endings().choose(random);
        if (ending.startsWith('(')) {
            title.append(' ');
        }
        append(title, ending, themeTemplates.theme(), year, random);
        return title.toString();
    }

    private static WeightedChoice<TitleTemplate> parse(List<String> lines) {
        return WeightedChoice.weighted(lines.stream().map(TitleTemplate::parse).toList(), TitleTemplate::weight);
    }

    private void append(StringBuilder title, TitleTemplate template, Theme theme, int year, KeyedRandom random) {
        for (TitleTemplate.Placeholder placeholder : template.placeholders()) {
            title.append(placeholder.prefix());
            String filling = fill(placeholder.kind(), theme, year, random);
            // Avoid repeating a word within a title; give up after three attempts.
            for (int attempts = 0; attempts < 3 && title.indexOf(filling) >= 0; attempts++) {
                filling = fill(placeholder.kind(), theme, year, random);
            }
            if (placeholder.hasArticle()) {
                title.append(STARTS_WITH_VOWEL_SOUND.matcher(filling).lookingAt() ? "An " : "A ");
            }
            title.append(filling);
        }
        title.append(template.suffix());
    }

    private String fill(TitleTemplate.PlaceholderKind filling, Theme theme, int year, KeyedRandom random) {
        return switch (filling) {
            case ADJECTIVE -> theme.adjectives().choose(random);
            case CYCLE -> names.cycle(random);
            case COUNT -> counts.choose(random);
            case FIRST -> names.first(random);
            case NAME -> names.name(random);
            case NOUN -> theme.nouns().choose(random).singular();
            case NOUNS -> theme.nouns().choose(random).plural();
            case NUMBER -> numbers.choose(random).toString();
            case ORDINAL -> ordinals.choose(random);
            case PLACE -> names.place(random);
            case SUBJECT -> theme.subjects().choose(random);
            case SURNAME -> names.surname(random);
            case VERB -> theme.verbs().choose(random);
            case WORK -> names.work(random);
            case YEAR -> Integer.toString(year);
        };
    }
}
