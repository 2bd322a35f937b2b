package org.emrelay.lemmas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InflectionTest {
    @Test
    void generatesPluralsAndPossessives() {
        assertThat(noun("wing")).containsOnly("wings");
        assertThat(noun("witch")).containsOnly("witches", "witchs");
        assertThat(noun("lady")).containsOnly("ladies", "ladys");
        assertThat(noun("colloquy")).containsOnly("colloquies", "colloquys");
        assertThat(noun("key")).containsOnly("keys");
        assertThat(noun("hero")).containsOnly("heros", "heroes");
        assertThat(noun("class")).containsOnly("classes");
        assertThat(noun("woman")).containsOnly("women", "womans");
        assertThat(noun("mathematics")).isEmpty();
    }

    @Test
    void generatesOnlyThePossessiveOfAnIrregularNoun() {
        assertThat(Inflection.forms(PartOfSpeech.NOUN, "child", true)).containsExactly("childs");
        assertThat(Inflection.forms(PartOfSpeech.NOUN, "axis", true)).isEmpty();
    }

    @Test
    void generatesVerbForms() {
        assertThat(verb("kill")).containsOnly("kills", "killing", "killed");
        assertThat(verb("stop")).containsOnly("stops", "stopping", "stopped");
        assertThat(verb("quiz")).containsOnly("quizes", "quizzing", "quizzed");
        assertThat(verb("show")).containsOnly("shows", "showing", "showed");
        assertThat(verb("rain")).containsOnly("rains", "raining", "rained");
        assertThat(verb("offer")).containsOnly("offers", "offering", "offered");
        assertThat(verb("make")).containsOnly("makes", "making", "maked");
        assertThat(verb("agree")).containsOnly("agrees", "agreeing", "agreed");
        assertThat(verb("dye")).containsOnly("dyes", "dyeing", "dyed");
        assertThat(verb("die")).containsOnly("dies", "dying", "died");
        assertThat(verb("marry")).containsOnly("marries", "marrying", "married");
        assertThat(verb("play")).containsOnly("plays", "playing", "played");
        assertThat(verb("kiss")).containsOnly("kisses", "kissing", "kissed");
    }

    @Test
    void generatesNoPastOfAnIrregularVerb() {
        assertThat(Inflection.forms(PartOfSpeech.VERB, "write", true)).containsOnly("writes", "writing");
    }

    @Test
    void generatesComparativesOfShortAdjectives() {
        assertThat(adjective("old")).containsOnly("older", "oldest");
        assertThat(adjective("wise")).containsOnly("wiser", "wisest");
        assertThat(adjective("big")).containsOnly("bigger", "biggest");
        assertThat(adjective("dry")).containsOnly("drier", "driest");
        assertThat(adjective("happy")).containsOnly("happier", "happiest");
        assertThat(adjective("gentle")).containsOnly("gentler", "gentlest");
        assertThat(adjective("narrow")).containsOnly("narrower", "narrowest");
        assertThat(adjective("beautiful")).isEmpty();
        assertThat(Inflection.forms(PartOfSpeech.ADJECTIVE, "good", true)).isEmpty();
        assertThat(Inflection.forms(PartOfSpeech.ADVERB, "soon", false)).isEmpty();
    }

    private static List<String> noun(String lemma) {
        return Inflection.forms(PartOfSpeech.NOUN, lemma, false);
    }

    private static List<String> verb(String lemma) {
        return Inflection.forms(PartOfSpeech.VERB, lemma, false);
    }

    private static List<String> adjective(String lemma) {
        return Inflection.forms(PartOfSpeech.ADJECTIVE, lemma, false);
    }
}
