package org.emrelay.jobs.wordclouds.titles;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.emrelay.jobs.random.Dice;

/** Makes up the title of a book of a given year, about what people wrote about in that year. */
final class TitleWriter {
    static final int FIRST_YEAR = 1995;
    static final int LAST_YEAR = 2015;

    private static final Pattern SPOKEN_WITH_A_VOWEL = Pattern.compile("(?i)[aeio]|u(?!ni|s)|heir");
    private static final List<String> COUNTS =
            List.of("7", "101", "10", "50", "100", "1001", "12", "365", "5", "21", "30", "500", "99", "25", "14");
    private static final List<String> ORDINALS =
            List.of("2nd", "3rd", "Second", "4th", "Third", "5th", "6th", "Fourth", "7th", "8th", "Tenth");

    private final Names names = new Names(Sections.load("names.txt"));
    private final Odds<String> counts = Odds.gentle(COUNTS);
    private final Odds<String> ordinals = Odds.steep(ORDINALS);
    private final Odds<Integer> numbers =
            Odds.steep(IntStream.rangeClosed(1, 40).boxed().toList());
    private final List<Odds<Shelf>> shelvesByYear;

    /** A theme with the ways in which its kind of book is titled. */
    private record Shelf(Theme theme, Odds<TitleTemplate> beginnings, Odds<TitleTemplate> endings) {}

    TitleWriter() {
        Sections templates = Sections.load("templates.txt");
        List<Shelf> shelves = Sections.load("themes.txt").lines().entrySet().stream()
                .map(section -> Theme.parse(section.getKey(), section.getValue()))
                .map(theme -> new Shelf(
                        theme,
                        parse(templates.below("[" + theme.kind() + "]")),
                        parse(templates.below("[" + theme.kind() + " endings]"))))
                .toList();
        shelvesByYear = IntStream.rangeClosed(FIRST_YEAR, LAST_YEAR)
                .mapToObj(year -> Odds.weighted(
                        shelves, shelf -> shelf.theme().popularity().in(year)))
                .toList();
    }

    String write(int year, Dice dice) {
        Shelf shelf = shelvesByYear.get(year - FIRST_YEAR).choose(dice);
        StringBuilder title = new StringBuilder(64);
        append(title, shelf.beginnings().choose(dice), shelf.theme(), year, dice);
        TitleTemplate ending = shelf.endings().choose(dice);
        if (ending.opensWith('(')) {
            title.append(' ');
        }
        append(title, ending, shelf.theme(), year, dice);
        return title.toString();
    }

    private static Odds<TitleTemplate> parse(List<String> lines) {
        return Odds.weighted(lines.stream().map(TitleTemplate::parse).toList(), TitleTemplate::weight);
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
                title.append(SPOKEN_WITH_A_VOWEL.matcher(filling).lookingAt() ? "An " : "A ");
            }
            title.append(filling);
        }
        title.append(template.end());
    }

    private String fill(TitleTemplate.Filling filling, Theme theme, int year, Dice dice) {
        return switch (filling) {
            case ADJECTIVE -> theme.adjectives().choose(dice);
            case CYCLE -> names.cycle(dice);
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
            case WORK -> names.work(dice);
            case YEAR -> Integer.toString(year);
        };
    }
}
