package org.emrelay.jobs.topics.filter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.emrelay.jobs.topics.text.PostWords;
import org.emrelay.jobs.topics.text.TextCleaner;
import org.jspecify.annotations.Nullable;

/** Applies the rules that concern a single post, and hashes its words for the other rules. */
final class PostClassifier implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final UnwantedTerms unwanted;
    private final LanguageRule languages;
    private final boolean keepsReposts;

    PostClassifier(FilterSettings settings) {
        this.unwanted = UnwantedTerms.of(settings.unwanted());
        this.languages = new LanguageRule(settings);
        this.keepsReposts = settings.keepsReposts();
    }

    /** Returns the posts with the columns of {@link FilterColumns#CLASSIFIED}. */
    static Dataset<Row> classify(Dataset<Row> posts, FilterSettings settings) {
        return posts.select(
                        FilterColumns.ID,
                        FilterColumns.TIME,
                        FilterColumns.HOUR,
                        FilterColumns.TEXT,
                        FilterColumns.LANG,
                        FilterColumns.REPOST,
                        FilterColumns.REPOST_OF)
                .map(new PostClassifier(settings), Encoders.row(FilterColumns.CLASSIFIED));
    }

    @Override
    public Row call(Row post) {
        String id = post.getString(0);
        String text = Objects.requireNonNullElse(post.getString(3), "");
        List<String> words = PostWords.of(TextCleaner.cleanWithMentions(text));
        Optional<String> tag = languages.languageOf(post.getString(4), text);
        boolean isFlagged = !post.isNullAt(5) && post.getBoolean(5);
        boolean isMarked = TextCleaner.isMarkedAsRepost(text);
        boolean isRepost = isFlagged || isMarked;
        @Nullable FilterRule rule = null;
        Optional<String> detail = unwanted.find(words);
        if (detail.isPresent()) {
            rule = FilterRule.UNWANTED;
        } else {
            detail = languages.dropped(tag, text);
            if (detail.isPresent()) {
                rule = FilterRule.LANGUAGE;
            } else if (isRepost && !keepsReposts) {
                rule = isFlagged ? FilterRule.REPOST : FilterRule.MARKED_REPOST;
            }
        }
        boolean isCompared = rule == null ? !isRepost : rule.isDuplicate();
        return RowFactory.create(
                id,
                post.get(1),
                post.get(2),
                text,
                tag.orElse(null),
                isRepost,
                post.get(6),
                rule == null ? null : rule.id(),
                detail.orElse(null),
                isCompared ? group(id, words) : own(id));
    }

    /** Returns the hash of the words. A post without words, such as a picture's URL, repeats no other post. */
    private static byte[] group(String id, List<String> words) {
        MessageDigest digest = md5();
        boolean hasWord = false;
        for (String word : words) {
            if (word.charAt(0) != '@') {
                digest.update(word.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) ' ');
                hasWord = true;
            }
        }
        return hasWord ? digest.digest() : own(id);
    }

    private static byte[] own(String id) {
        MessageDigest digest = md5();
        digest.update((byte) 0);
        digest.update(id.getBytes(StandardCharsets.UTF_8));
        return digest.digest();
    }

    /** MD5 is not used for security: only for a short key without accidental collisions. */
    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }
}
