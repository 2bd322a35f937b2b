package org.emrelay.jobs.topics.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.tables.Suggestion;
import org.emrelay.tables.UserFault;

/**
 * The user's names of topics, from lines {@code term: name}. Each name applies to the topic in which the term is most probable.
 */
record TopicNames(Map<String, String> byTerm) {

    /** @param lines the lines of the file, without blank lines and comments */
    static TopicNames parse(String file, List<String> lines) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon <= 0 || line.substring(colon + 1).isBlank()) {
                throw new UserFault(
                        "--names: '" + line + "' in " + file
                                + " is not of the form 'term: name'. Write a term of the topic and its name, such as 'rocket: Spaceflight'.");
            }
            names.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return new TopicNames(names);
    }

    void requireKnown(TopicVocabulary vocabulary) {
        for (String term : byTerm.keySet()) {
            if (!vocabulary.terms().contains(term)) {
                throw new UserFault("--names: '" + term + "' is not in the vocabulary."
                        + Suggestion.didYouMean(term, vocabulary.terms())
                        + " Use a term from the page or from topics.json.");
            }
        }
    }

    /** Returns the names of all topics: the user's names, or names from their terms. */
    List<String> of(TopicTerms terms) {
        int topics = terms.model().topics();
        List<String> names = new ArrayList<>();
        for (int topic = 0; topic < topics; topic++) {
            names.add(terms.name(topic));
        }
        Set<Integer> named = new HashSet<>();
        byTerm.forEach((term, name) -> {
            int index = terms.terms().indexOf(term);
            int best = 0;
            for (int topic = 1; topic < topics; topic++) {
                best = terms.model().probability(topic, index) > terms.model().probability(best, index) ? topic : best;
            }
            if (named.add(best)) {
                names.set(best, name);
            }
        });
        return names;
    }
}
