package org.emrelay.jobs.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NearDuplicateResolverTest {
    private final NearDuplicateResolver resolver = new NearDuplicateResolver();

    @Test
    void keepsAPostThatIsOnlySimilarToADroppedOne() {
        resolver.add("b", "a", 0.9);
        resolver.add("c", "b", 0.9);
        resolver.add("d", "c", 0.9);

        assertThat(resolver.finish())
                .containsExactly(new NearDuplicate("b", "a", 0.9), new NearDuplicate("d", "c", 0.9));
    }

    @Test
    void theOriginalIsTheMostSimilarKeptPost() {
        resolver.add("c", "b", 0.95);
        resolver.add("c", "a", 0.8);
        resolver.add("d", "c", 0.99);
        resolver.add("d", "a", 0.85);

        assertThat(resolver.finish())
                .containsExactly(new NearDuplicate("c", "b", 0.95), new NearDuplicate("d", "a", 0.85));
    }
}
