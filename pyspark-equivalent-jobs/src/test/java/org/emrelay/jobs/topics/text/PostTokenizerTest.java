package org.emrelay.jobs.topics.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PostTokenizerTest {

    @Test
    void splitsAtEverythingButLetters() {
        assertThat(PostTokenizer.tokens("mars, (moon)/earth_orbit: up... \"stars\"!"))
                .containsExactly("mars", "moon", "earth", "orbit", "up", "stars");
        assertThat(PostTokenizer.tokens("")).isEmpty();
        assertThat(PostTokenizer.tokens("--- ' !")).isEmpty();
    }

    @Test
    void keepsInnerApostrophesAndHyphens() {
        assertThat(PostTokenizer.tokens(
                        "don't don’t 'quoted' rock-'n'-roll x-ray non\u2010stop -dash- l'été dogs' well--known"))
                .containsExactly(
                        "don't",
                        "don't",
                        "quoted",
                        "rock",
                        "n",
                        "roll",
                        "x-ray",
                        "non-stop",
                        "dash",
                        "l'été",
                        "dogs",
                        "well",
                        "known");
    }

    @Test
    void aNumberTakesThePlaceOfAWord() {
        assertThat(PostTokenizer.tokens("falcon 9 covid19 covid-19 1st 2024 b2b 10,000"))
                .containsExactly("falcon", "", "covid", "covid", "", "", "", "b", "", "");
    }

    @Test
    void keepsCombiningMarksAndScriptsWithSpaces() {
        assertThat(PostTokenizer.tokens("हिन्दी में किताब русский текст שלום مرحبا 한국어 문장 ελληνικά"))
                .containsExactly(
                        "हिन्दी", "में", "किताब", "русский", "текст", "שלום", "مرحبا", "한국어", "문장", "ελληνικά");
    }

    @Test
    void splitsChineseAndJapaneseIntoPairs() {
        assertThat(PostTokenizer.tokens("火星探査。月 日本語text次世代"))
                .containsExactly("火星", "星探", "探査", "月", "日本", "本語", "text", "次世", "世代");
        assertThat(PostTokenizer.tokens("ロケット 𠮷野家")).containsExactly("ロケ", "ケッ", "ット", "𠮷野", "野家");
    }

    @Test
    void aRunOfThaiIsOneToken() {
        assertThat(PostTokenizer.tokens("สวัสดีชาวโลก ดาวอังคาร")).containsExactly("สวัสดีชาวโลก", "ดาวอังคาร");
    }
}
