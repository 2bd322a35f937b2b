package org.emrelay.jobs.topics.filter;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The number of posts, and how many each rule drops. */
final class RuleCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final EnumMap<FilterRule, RuleCount> byRule = new EnumMap<>(FilterRule.class);
    private long posts;
    private long toResolve;

    RuleCounts() {
        for (FilterRule rule : FilterRule.values()) {
            byRule.put(rule, new RuleCount());
        }
    }

    /** Counts posts with the columns that {@link TextGroups} adds, in one pass. */
    static RuleCounts of(Dataset<Row> labelled) {
        return labelled.select(
                        col(FilterColumns.RULE),
                        col(FilterColumns.TIME).cast("double"),
                        col(FilterColumns.ID),
                        when(col(FilterColumns.RULE).isNotNull(), col(FilterColumns.TEXT)),
                        col(FilterColumns.DETAIL),
                        col(FilterColumns.ORIGINAL),
                        col(FilterColumns.REPOST_OF))
                .toJavaRDD()
                .aggregate(new RuleCounts(), RuleCounts::add, RuleCounts::addAll);
    }

    private RuleCounts add(Row post) {
        posts++;
        if (!post.isNullAt(0)) {
            long millis = post.isNullAt(1) ? Long.MAX_VALUE : (long) (post.getDouble(1) * 1000);
            of(FilterRule.ofId(post.getString(0)))
                    .add(new DroppedPost(
                            millis, post.getString(2), post.getString(3), post.getString(4), post.getString(5)));
            boolean isRepost = FilterRule.repostIds().contains(post.getString(0));
            toResolve += isRepost && post.isNullAt(5) && !post.isNullAt(6) ? 1 : 0;
        }
        return this;
    }

    private RuleCounts addAll(RuleCounts other) {
        posts += other.posts;
        toResolve += other.toResolve;
        other.byRule.forEach((rule, count) -> of(rule).addAll(count));
        return this;
    }

    RuleCount of(FilterRule rule) {
        return Objects.requireNonNull(byRule.get(rule), rule.id());
    }

    long posts() {
        return posts;
    }

    /** Returns the number of posts that no counted rule drops. */
    long kept() {
        return posts - byRule.values().stream().mapToLong(RuleCount::dropped).sum();
    }

    /** Returns the number of reposts whose original must be found by its id. Its words differ, or it is not among the posts. */
    long repostsToResolve() {
        return toResolve;
    }
}
