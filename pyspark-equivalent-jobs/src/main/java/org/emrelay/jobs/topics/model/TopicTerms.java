package org.emrelay.jobs.topics.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.emrelay.jobs.topics.lda.TopicModel;

/**
 * The terms of topics, ranked by relevance (Sievert and Shirley, 2014).
 *
 * <p>The relevance is {@code λ log p + (1 − λ) log lift}. With λ = 1, the most frequent terms rank first; with λ = 0, those that occur in
 * no other topic.
 */
@SuppressWarnings("ArrayRecordComponent") // Indexed by topic, and never compared.
record TopicTerms(TopicModel model, List<String> terms, double[] shares) {
    /** The value at which people interpreted topics best in Sievert and Shirley's study. */
    static final double DEFAULT_LAMBDA = 0.6;

    private static final int TERMS = 30;
    private static final int LAMBDA_STEPS = 10;

    /**
     * A term of a topic.
     *
     * @param probability its probability in the topic
     * @param lift the ratio of its probability in the topic to its probability in all posts
     */
    record Term(String term, double probability, double lift) {
        double relevance(double lambda) {
            return lambda * Math.log(probability) + (1 - lambda) * Math.log(lift);
        }

        Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("term", term);
            values.put("probability", probability);
            values.put("lift", lift);
            return values;
        }
    }

    /** Returns the terms that rank high for any λ, most probable first. */
    List<Term> of(int topic) {
        List<Term> all = all(topic);
        TreeSet<Integer> chosen = new TreeSet<>();
        for (int step = 0; step <= LAMBDA_STEPS; step++) {
            chosen.addAll(first(all, (double) step / LAMBDA_STEPS, TERMS));
        }
        return chosen.stream()
                .map(all::get)
                .sorted(Comparator.comparingDouble((Term term) -> -term.probability())
                        .thenComparing(Term::term))
                .toList();
    }

    /** Returns a name for a topic from its most relevant terms. */
    String name(int topic) {
        List<Term> all = all(topic);
        return String.join(
                ", ",
                first(all, DEFAULT_LAMBDA, 3).stream()
                        .map(index -> all.get(index).term())
                        .toList());
    }

    private static List<Integer> first(List<Term> all, double lambda, int count) {
        return IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer index) -> -all.get(index).relevance(lambda))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .toList();
    }

    private List<Term> all(int topic) {
        List<Term> all = new ArrayList<>();
        for (int term = 0; term < terms.size(); term++) {
            double everywhere = 0;
            for (int each = 0; each < model.topics(); each++) {
                everywhere += shares[each] * model.probability(each, term);
            }
            double probability = model.probability(topic, term);
            all.add(new Term(terms.get(term), probability, probability / Math.max(everywhere, Float.MIN_NORMAL)));
        }
        return all;
    }
}
