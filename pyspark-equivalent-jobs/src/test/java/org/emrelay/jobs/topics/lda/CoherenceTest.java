package org.emrelay.jobs.topics.lda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoherenceTest {
    /** Random words of three topics. No word occurs twice in a text, because gensim would count it incorrectly. */
    private static final String TEXTS = """
            booster pad time launch bread rocket
            rocket goal league pad good coach day salt win booster launch match
            bread pad good oven salt league
            booster goal win pad time coach
            salt match day league orbit coach goal win oven flour pad booster
            good orbit rocket pad launch dough
            pad salt day rocket orbit coach
            league oven bread salt flour orbit
            goal booster flour orbit pad launch
            booster orbit match flour pad bread win salt time coach rocket launch day dough good goal
            day orbit good launch pad flour
            bread coach dough flour oven booster orbit salt launch match good goal
            league good bread rocket launch pad
            booster goal orbit coach pad league salt rocket win
            match good oven goal salt rocket dough pad coach launch league win
            salt oven dough win
            pad league
            pad bread orbit salt match launch time day goal oven dough coach flour league good booster
            win oven
            flour salt good rocket oven coach
            bread league goal time coach pad win salt match
            good launch booster pad bread salt day goal rocket time orbit oven
            goal coach win flour day pad oven booster bread salt league match
            dough orbit salt oven rocket pad
            good match
            flour bread match goal salt league oven dough coach win time orbit launch rocket day booster
            rocket orbit launch oven pad coach
            oven good orbit bread salt rocket pad booster coach win launch league flour match goal dough
            flour booster day bread
            coach bread
            match launch booster goal coach salt pad orbit dough win league oven rocket bread day flour
            flour launch
            goal salt bread rocket match oven orbit pad win coach launch league
            win day launch time pad bread dough salt goal flour oven league coach match orbit good
            pad oven salt league bread dough
            dough match
            match orbit salt launch booster win goal league time
            pad match flour goal
            orbit day goal league booster win
            coach goal win flour orbit day
            """;

    private static final List<String> VOCABULARY = List.of(
            "rocket", "launch", "orbit", "booster", "pad", "bread", "flour", "oven", "dough", "salt", "goal", "match",
            "league", "coach", "win", "day", "time", "good");

    private static Corpus corpus() {
        return Corpus.of(
                VOCABULARY.size(), TEXTS.lines().map(CoherenceTest::indexes).toList());
    }

    private static int[] indexes(String words) {
        return Arrays.stream(words.split(" ", -1)).mapToInt(VOCABULARY::indexOf).toArray();
    }

    /** The expected values are from gensim 4's CoherenceModel with {@code coherence='c_npmi'} on the same texts. */
    @Test
    void equalsGensimsNpmi() {
        double[] npmi = Coherence.npmi(
                List.of(
                        indexes("rocket launch orbit booster pad"),
                        indexes("bread flour oven dough salt"),
                        indexes("goal match league coach win"),
                        indexes("rocket bread goal day time")),
                corpus());

        assertThat(npmi)
                .containsExactly(
                        new double[] {0.07926081449833257, 0.08197723865048222, 0.12007032194477926, 0.04121600355709808
                        },
                        within(1e-6));
    }

    @Test
    void termsThatDoNotOccurHaveZeroCoherence() {
        Corpus reference = Corpus.of(3, List.of(new int[] {0, Corpus.UNKNOWN}));

        assertThat(Coherence.npmi(List.of(new int[] {0, 1, 2}), reference)).containsExactly(0);
        assertThat(Coherence.npmi(List.of(new int[] {0}), reference)).containsExactly(0);
    }
}
