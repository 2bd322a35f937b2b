package org.emrelay.jobs.churn.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    @Test
    void givesEveryArtistAUniqueName() {
        assertThat(IntStream.range(0, Artists.NUMBER).mapToObj(Artists::name))
                .doesNotHaveDuplicates()
                .allMatch(VocabularyTest::needsNoEscape);
    }

    @Test
    void givesEveryLocationAState() {
        assertThat(Locations.all())
                .hasSize(Locations.NUMBER)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[^,]+, [A-Z]{2}(-[A-Z]{2})*"))
                .allMatch(VocabularyTest::needsNoEscape);
    }

    @Test
    void hasAsManyBrowsersAsTheFullLog() {
        assertThat(UserAgents.ALL)
                .hasSize(UserAgents.NUMBER)
                .doesNotHaveDuplicates()
                .allMatch(VocabularyTest::needsNoEscape);
    }

    private static boolean needsNoEscape(String name) {
        return name.indexOf('"') < 0 && name.indexOf('\\') < 0;
    }
}
