package org.emrelay.jobs.topics.lda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TopicMapTest {
    @Test
    void similarTopicsAreClose() {
        // Topics 0 and 1 share their terms, topic 2 has others.
        TopicModel model = new TopicModel(3, 4, 0.1, new float[] {.6f, .4f, 0, .4f, .6f, 0, 0, 0, .5f, 0, 0, .5f});

        TopicMap map = TopicMap.of(model);

        assertThat(distance(map, 0, 1)).isLessThan(0.3);
        assertThat(distance(map, 0, 2)).isCloseTo(1, within(0.05));
        assertThat(map.shown()).isCloseTo(1, within(1e-6));
    }

    @Test
    void oneTopicIsInTheMiddle() {
        TopicMap map = TopicMap.of(new TopicModel(1, 2, 0.1, new float[] {.5f, .5f}));

        assertThat(map.points()[0]).containsExactly(0, 0);
        assertThat(map.shown()).isEqualTo(1);
    }

    private static double distance(TopicMap map, int one, int other) {
        double[] from = map.points()[one];
        double[] to = map.points()[other];
        return Math.hypot(from[0] - to[0], from[1] - to[1]);
    }
}
