package org.emrelay.jobs.topics.assign;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.jobs.random.KeyedRandom;
import org.emrelay.jobs.topics.lda.JensenShannon;
import org.emrelay.jobs.topics.model.AssignmentFigures;

/**
 * The difference between the topics of new posts and those of the model's own posts.
 *
 * @param divergence the Jensen–Shannon divergence of the topics' shares: 0 if they are equal, 1 if they have no topic in common
 * @param expected the 95th percentile of the divergence for samples of the same size from the old posts
 */
record Drift(double divergence, double expected) {
    private static final int DRAWS = 1_000;
    private static final double LEVEL = 0.95;

    /** Drawing more posts would be slow and hardly change the result. */
    private static final int MOST_DRAWN = 100_000;

    static Drift of(AssignmentFigures before, AssignmentFigures now, long seed) {
        double[] old = shares(before.byTopic());
        double divergence = divergence(old, shares(now.byTopic()));
        long posts = now.byTopic().stream().mapToLong(Long::longValue).sum();
        return new Drift(divergence, expected(old, posts, seed));
    }

    private static double expected(double[] old, long posts, long seed) {
        int drawn = (int) Math.min(posts, MOST_DRAWN);
        int draws = (int) Math.min(DRAWS, Math.max(50, 20_000_000L / Math.max(1, drawn)));
        double[] divergences = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            KeyedRandom random = new KeyedRandom(seed, 0, draw);
            double[] shares = new double[old.length];
            for (int post = 0; post < drawn; post++) {
                shares[topic(old, random.nextDouble())] += 1.0 / drawn;
            }
            divergences[draw] = divergence(old, shares);
        }
        Arrays.sort(divergences);
        return divergences[(int) (LEVEL * (draws - 1))];
    }

    private static int topic(double[] shares, double drawn) {
        double sum = 0;
        for (int topic = 0; topic < shares.length; topic++) {
            sum += shares[topic];
            if (drawn < sum) {
                return topic;
            }
        }
        return shares.length - 1;
    }

    private static double[] shares(List<Long> posts) {
        double sum = Math.max(1, posts.stream().mapToLong(Long::longValue).sum());
        return posts.stream().mapToDouble(count -> count / sum).toArray();
    }

    static double divergence(double[] one, double[] other) {
        double divergence = 0;
        for (int topic = 0; topic < one.length; topic++) {
            divergence += JensenShannon.part(one[topic], other[topic]);
        }
        return Math.max(0, divergence);
    }

    boolean isSignificant() {
        return divergence > expected;
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("divergence", divergence);
        values.put("expected_by_chance", expected);
        values.put("drifted", isSignificant());
        return values;
    }
}
