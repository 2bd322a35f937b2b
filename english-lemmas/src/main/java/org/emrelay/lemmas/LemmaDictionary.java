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

/** Each form of English's words with its one lemma, chosen so that titles read well: a building is no form of build. */
final class LemmaDictionary {
    private static final Pattern WORD = Pattern.compile("(?=.*[aeiouy])[a-z]{2,}");
    // So much more often must a verb be met than the one sense in which its form is a noun or an adjective too: found,
    // held, kept.
    private static final long FAR_MORE = 100;

    private final WordNet wordNet;
    private final Set<String> functionWords;

    /** {@code functionWords}, which WordNet leaves out, are forms of nothing: this is no plural of thi, and his none of hi. */
    LemmaDictionary(WordNet wordNet, Set<String> functionWords) {
        this.wordNet = wordNet;
        this.functionWords = Set.copyOf(functionWords);
    }

    /** Forms by lemma, both sorted; a form that is its own lemma is left out. */
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

    /** Lemmas with a plural, a past or a comparative of their own; a present participle says nothing of the past. */
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
        boolean farMoreOftenAVerb = isFarMoreOftenAVerb(form, candidates);
        for (PartOfSpeech part : PartOfSpeech.values()) {
            Stream<String> itself = Stream.of(form)
                    .filter(word -> wordNet.usage(part, word).isLemma())
                    .filter(word -> part.compareTo(PartOfSpeech.VERB) >= 0 || !farMoreOftenAVerb);
            Optional<String> chosen = mostFrequent(
                    part,
                    Stream.concat(itself, candidates.getOrDefault(part, List.of()).stream())
                            .toList());
            if (chosen.isPresent()) {
                return chosen;
            }
        }
        return Optional.empty();
    }

    /** The first of the most frequent, so that a tie leaves the form as it is. */
    private Optional<String> mostFrequent(PartOfSpeech part, List<String> lemmas) {
        Comparator<String> byCount =
                Comparator.comparingLong(lemma -> wordNet.usage(part, lemma).count());
        return lemmas.stream().reduce((first, next) -> byCount.compare(next, first) > 0 ? next : first);
    }

    private boolean isFarMoreOftenAVerb(String form, Map<PartOfSpeech, List<String>> candidates) {
        Usage noun = wordNet.usage(PartOfSpeech.NOUN, form);
        Usage adjective = wordNet.usage(PartOfSpeech.ADJECTIVE, form);
        long verb = candidates.getOrDefault(PartOfSpeech.VERB, List.of()).stream()
                .mapToLong(lemma -> wordNet.usage(PartOfSpeech.VERB, lemma).count())
                .max()
                .orElse(0);
        boolean oneSense = noun.senses() <= 1 && adjective.senses() <= 1;
        return oneSense && verb >= FAR_MORE * Math.max(1, noun.count() + adjective.count());
    }
}
