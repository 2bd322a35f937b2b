package org.emrelay.runner.stream.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.emrelay.runner.stream.StreamException;

/**
 * The rules that a stream needs on X. They match any of its terms in any of its languages.
 *
 * <p>X limits rules to between 512 and 2,048 characters, depending on the plan; the lowest limit works for all.
 *
 * <p>A guess, never tried on X: in a quoted phrase, a backslash escapes a quote and another backslash. X documents this only for its enterprise
 * products.
 */
public final class XRules {
    static final int MAX_LENGTH = 512;

    private XRules() {}

    /**
     * A rule, and the terms that it matches.
     *
     * @param value in X's syntax
     */
    record Rule(String value, List<String> terms) {
        Rule {
            terms = List.copyOf(terms);
        }
    }

    /** The values of the rules, as X gets them. */
    public static List<String> values(List<String> track, List<String> languages) {
        return of(track, languages).stream().map(Rule::value).toList();
    }

    static List<Rule> of(List<String> track, List<String> languages) {
        if (track.isEmpty()) {
            throw new StreamException(
                    "Source \"x\" needs \"track\": X sends only posts that contain one of its words, and charges for each.");
        }
        List<Rule> rules = new ArrayList<>();
        List<String> terms = new ArrayList<>();
        for (String term : track) {
            List<String> longer = new ArrayList<>(terms);
            longer.add(term);
            if (value(longer, languages).length() <= MAX_LENGTH) {
                terms = longer;
                continue;
            }
            if (terms.isEmpty() || value(List.of(term), languages).length() > MAX_LENGTH) {
                throw tooLong(term, value(List.of(term), languages).length());
            }
            rules.add(new Rule(value(terms, languages), terms));
            terms = new ArrayList<>(List.of(term));
        }
        rules.add(new Rule(value(terms, languages), terms));
        return rules;
    }

    private static StreamException tooLong(String term, int length) {
        return new StreamException("Track term \"" + ConnectionLostException.oneLine(term) + "\" results in a rule of "
                + length + " characters, but X accepts at most " + MAX_LENGTH + ". Shorten it, or use fewer"
                + " languages.");
    }

    static String value(List<String> terms, List<String> languages) {
        String anyTerm = terms.stream().map(XRules::operand).collect(Collectors.joining(" OR "));
        if (languages.isEmpty()) {
            return anyTerm;
        }
        String anyLanguage = languages.stream()
                .map(language -> "lang:" + language.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" OR "));
        return group(anyTerm, terms.size()) + " " + group(anyLanguage, languages.size());
    }

    private static String group(String operands, int count) {
        return count == 1 ? operands : "(" + operands + ")";
    }

    /**
     * A word of letters and digits, a hashtag or a mention is unchanged. Everything else is quoted, because it may be an operator of X:
     * {@code or}, {@code -not}, {@code from:someone}.
     */
    private static String operand(String term) {
        boolean word = term.matches("[#@]?[\\p{L}\\p{M}\\p{N}_]+") && !term.matches("(?i)or|and|not");
        return word ? term : "\"" + term.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
