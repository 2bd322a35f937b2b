package org.emrelay.jobs.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RuleCountTest {

    private static DroppedPost post(long time, String id, String term) {
        return new DroppedPost(time, id, "text", term, null);
    }

    @Test
    void keepsTheEarliestPostsAsExamples() {
        RuleCount one = new RuleCount();
        RuleCount other = new RuleCount();
        for (int time = 9; time > 0; time--) {
            (time % 2 == 0 ? one : other).add(post(time, "p" + time, time % 3 == 0 ? "god" : "win"));
        }
        other.add(post(1, "p0", "god"));

        one.addAll(other);

        assertThat(one.dropped()).isEqualTo(10);
        assertThat(one.examples()).extracting(DroppedPost::id).containsExactly("p0", "p1", "p2", "p3", "p4");
        assertThat(one.byDetail().toString()).isEqualTo("{win=6, god=4}");
    }

    @Test
    void shortensLongTexts() {
        assertThat(DroppedPost.shortened("x".repeat(500))).isEqualTo("x".repeat(500));
        assertThat(DroppedPost.shortened("x".repeat(501))).isEqualTo("x".repeat(500) + "…");
        assertThat(DroppedPost.shortened("x".repeat(499) + "🚀🚀")).isEqualTo("x".repeat(499) + "…");
    }
}
