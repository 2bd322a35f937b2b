package org.emrelay.lemmas;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Maps each English word form to one lemma, chosen for titles: "building" is not a form of "build". */
final class LemmaDictionary {
    private static final Pattern WORD = Pattern.compile("(?=.*[aeiouy])[a-z]{2,}");
    // How many times more frequent a verb must be than the single noun or adjective sense of the same form: found,
    // held,
    // kept.
    private static final long VERB_FREQUENCY_FACTOR = 100;

    private final WordNet wordNet;
    private final Set<String> functionWords;

    /** @param functionWords words that WordNet lacks and that are forms of nothing: "this" is not the plural of "thi" */
    LemmaDictionary(WordNet wordNet, Set<String> functionWords) {
        this.wordNet = wordNet;
        this.functionWords = Set.copyOf(functionWords);
    }

    /** The forms by lemma, both sorted; a form that is its own lemma is omitted. */
    SortedMap<String, SortedSet<String>> formsByLemma() {
        SortedMap<String, Map<PartOfSpeech, List<String>>> bases = new TreeMap<>();
        for (PartOfSpeech part : PartOfSpeech.values()) {
            wordNet.exceptions(part).forEach((form, lemmas) -> lemmas.forEach(lemma -> add(bases, part, form, lemma)));
            Set<String> irregular = irregular(part);
            wordNet.lemmas(part).keySet().stream()
                    .filter(lemma -> isBase(part, lemma))
                    .forEach(lemma -> Inflection.forms(part, lemma, irregular.contains(lemma))
                            .forEach(form -> add(bases, part, form, lemma)));
        }
        SortedMap<String, SortedSet<String>> forms = new TreeMap<>();
        bases.forEach((form, candidates) -> lemma(form, candidates)
                .filter(lemma -> !lemma.equals(form))
                .ifPresent(lemma ->
                        forms.computeIfAbsent(lemma, first -> new TreeSet<>()).add(form)));
        return Collections.unmodifiableSortedMap(forms);
    }

    private void add(Map<String, Map<PartOfSpeech, List<String>>> bases, PartOfSpeech part, String form, String lemma) {
        boolean isForm = WORD.matcher(form).matches() && !functionWords.contains(form);
        if (isForm && isBase(part, lemma)) {
            bases.computeIfAbsent(form, first -> new EnumMap<>(PartOfSpeech.class))
                    .computeIfAbsent(part, first -> new ArrayList<>())
                    .add(lemma);
        }
    }

    private boolean isBase(PartOfSpeech part, String lemma) {
        return wordNet.usage(part, lemma).lowerCase() && WORD.matcher(lemma).matches();
    }

    /** The lemmas with an irregular plural, past or comparative. An irregular present participle does not imply an irregular past. */
    private Set<String> irregular(PartOfSpeech part) {
        Set<String> irregular = new TreeSet<>();
        wordNet.exceptions(part).forEach((form, lemmas) -> {
            if (part != PartOfSpeech.VERB || !form.matches(".*(ing|s)")) {
                irregular.addAll(lemmas);
            }
        });
        return irregular;
    }

    private Optional<String> lemma(String form, Map<PartOfSpeech, List<String>> candidates) {
        boolean isMostlyVerb = isMostlyVerb(form, candidates);
        for (PartOfSpeech part : PartOfSpeech.values()) {
            Stream<String> itself = Stream.of(form)
                    .filter(word -> wordNet.usage(part, word).isLemma())
                    .filter(word -> part.compareTo(PartOfSpeech.VERB) >= 0 || !isMostlyVerb);
            Optional<String> mostFrequent = mostFrequent(
                    part,
                    Stream.concat(itself, candidates.getOrDefault(part, List.of()).stream())
                            .toList());
            if (mostFrequent.isPresent()) {
                return mostFrequent;
            }
        }
        return Optional.empty();
    }

    /** The first of the most frequent lemmas, so that a tie keeps the form as it is. */
    private Optional<String> mostFrequent(PartOfSpeech part, List<String> lemmas) {
        Comparator<String> byCount =
                Comparator.comparingLong(lemma -> wordNet.usage(part, lemma).count());
        return lemmas.stream().reduce((first, next) -> byCount.compare(next, first) > 0 ? next : first);
    }

    private boolean isMostlyVerb(String form, Map<PartOfSpeech, List<String>> candidates) {
        Usage noun = wordNet.usage(PartOfSpeech.NOUN, form);
        Usage adjective = wordNet.usage(PartOfSpeech.ADJECTIVE, form);
        long verb = candidates.getOrDefault(PartOfSpeech.VERB, List.of()).stream()
                .mapToLong(lemma -> wordNet.usage(PartOfSpeech.VERB, lemma).count())
                .max()
                .orElse(0);
        boolean hasOneSense = noun.senses() <= 1 && adjective.senses() <= 1;
        return hasOneSense && verb >= VERB_FREQUENCY_FACTOR * Math.max(1, noun.count() + adjective.count());
    }
}
