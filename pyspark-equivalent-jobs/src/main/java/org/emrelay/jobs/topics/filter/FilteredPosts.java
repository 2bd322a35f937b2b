package org.emrelay.jobs.topics.filter;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The result of all rules: the kept posts, and the duplicates of kept posts. */
final class FilteredPosts {
    private static final String NEAR_ID = "near_id";
    private static final String NEAR_ORIGINAL = "near_original";
    private static final StructType NEAR =
            new StructType().add(NEAR_ID, DataTypes.StringType).add(NEAR_ORIGINAL, DataTypes.StringType);

    private final Dataset<Row> labelled;
    private final Dataset<Row> near;
    private final List<NearDuplicate> nearDuplicates;

    /**
     * @param labelled the posts with the columns that {@link TextGroups} adds
     */
    FilteredPosts(Dataset<Row> labelled, List<NearDuplicate> nearDuplicates) {
        this.labelled = Objects.requireNonNull(labelled, "labelled");
        this.nearDuplicates = List.copyOf(nearDuplicates);
        this.near = labelled.sparkSession()
                .createDataFrame(
                        nearDuplicates.stream()
                                .map(duplicate -> RowFactory.create(duplicate.id(), duplicate.original()))
                                .toList(),
                        NEAR);
    }

    /** Returns the labelled posts that no rule drops, near-duplicates still included. */
    static Dataset<Row> kept(Dataset<Row> labelled) {
        return labelled.where(col(FilterColumns.RULE).isNull());
    }

    Dataset<Row> posts() {
        Dataset<Row> kept = kept(labelled);
        Dataset<Row> posts = nearDuplicates.isEmpty()
                ? kept
                : kept.join(near, col(FilterColumns.ID).equalTo(col(NEAR_ID)), "left_anti");
        return posts.select(
                FilterColumns.ID, FilterColumns.TIME, FilterColumns.HOUR, FilterColumns.TEXT, FilterColumns.LANG);
    }

    /**
     * Returns the dropped posts whose original is kept, with the original's id.
     *
     * @param resolvesIds whether some reposts refer to their original by id only
     */
    Dataset<Row> duplicates(boolean resolvesIds) {
        Dataset<Row> repeated =
                withKeptOriginal(labelled.where(col(FilterColumns.ORIGINAL).isNotNull()));
        Dataset<Row> duplicates = repeated.select(columns());
        if (!nearDuplicates.isEmpty()) {
            duplicates = duplicates.union(kept(labelled)
                    .join(near, col(FilterColumns.ID).equalTo(col(NEAR_ID)))
                    .withColumn(FilterColumns.ORIGINAL, col(NEAR_ORIGINAL))
                    .withColumn(FilterColumns.RULE, lit(FilterRule.NEAR_DUPLICATE.id()))
                    .select(columns()));
        }
        return resolvesIds ? duplicates.union(resolvedById().select(columns())) : duplicates;
    }

    /** Returns the reposts whose words differ from their original's, often because the platform truncates them. */
    private Dataset<Row> resolvedById() {
        Dataset<Row> reposts = labelled.where(col(FilterColumns.RULE)
                        .isin((Object[]) FilterRule.repostIds().toArray(String[]::new))
                        .and(col(FilterColumns.ORIGINAL).isNull())
                        .and(col(FilterColumns.REPOST_OF).isNotNull()))
                .drop(FilterColumns.ORIGINAL);
        Column original = coalesce(col(FilterColumns.ORIGINAL), col(FilterColumns.ID));
        Dataset<Row> targets = labelled.where(col(FilterColumns.RULE)
                        .isNull()
                        .or(col(FilterColumns.ORIGINAL).isNotNull()))
                .select(col(FilterColumns.ID).as("target"), original.as(FilterColumns.ORIGINAL));
        return reposts.join(
                withKeptOriginal(targets), col(FilterColumns.REPOST_OF).equalTo(col("target")));
    }

    /** Replaces originals that are near-duplicates themselves with the kept posts that they are similar to. */
    private Dataset<Row> withKeptOriginal(Dataset<Row> rows) {
        return nearDuplicates.isEmpty()
                ? rows
                : rows.join(near, col(FilterColumns.ORIGINAL).equalTo(col(NEAR_ID)), "left")
                        .withColumn(FilterColumns.ORIGINAL, coalesce(col(NEAR_ORIGINAL), col(FilterColumns.ORIGINAL)))
                        .drop(NEAR_ID, NEAR_ORIGINAL);
    }

    private static Column[] columns() {
        return Stream.of(
                        FilterColumns.ID,
                        FilterColumns.TIME,
                        FilterColumns.HOUR,
                        FilterColumns.ORIGINAL,
                        FilterColumns.RULE)
                .map(name -> col(name))
                .toArray(Column[]::new);
    }

    /** Returns the first near-duplicates with their texts and those of their originals. */
    List<Map<String, Object>> nearDuplicateExamples() {
        List<NearDuplicate> first =
                nearDuplicates.stream().limit(RuleCount.EXAMPLES).toList();
        if (first.isEmpty()) {
            return List.of();
        }
        Object[] ids = first.stream()
                .flatMap(duplicate -> Stream.of(duplicate.id(), duplicate.original()))
                .distinct()
                .toArray();
        Map<String, String> texts = labelled
                .where(col(FilterColumns.ID).isin(ids))
                .select(FilterColumns.ID, FilterColumns.TEXT)
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(1)));
        return first.stream().map(duplicate -> example(duplicate, texts)).toList();
    }

    private static Map<String, Object> example(NearDuplicate duplicate, Map<String, String> texts) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("id", duplicate.id());
        example.put("text", DroppedPost.shortened(texts.getOrDefault(duplicate.id(), "")));
        example.put("original", duplicate.original());
        example.put("original_text", DroppedPost.shortened(texts.getOrDefault(duplicate.original(), "")));
        example.put("similarity", Math.round(duplicate.similarity() * 1000) / 1000.0);
        return example;
    }
}
