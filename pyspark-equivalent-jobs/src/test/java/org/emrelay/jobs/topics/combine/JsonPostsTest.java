package org.emrelay.jobs.topics.combine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonPostsTest {
    private static final long MICROS = 1_640_980_736_000_000L;

    private static ParsedRecord parse(String line) {
        return new JsonPosts(PostColumns.KNOWN).parse(line.replace('\'', '"'));
    }

    private static ParsedRecord post(String id, String text, String lang, boolean isRepost, String repostOf) {
        return new ParsedRecord(
                id, MICROS, text, lang.isEmpty() ? null : lang, isRepost, repostOf.isEmpty() ? null : repostOf, null);
    }

    @Test
    void readsXApiV2() {
        assertThat(parse("{'data':{'id':'12','text':'Mars','created_at':'2021-12-31T19:58:56.000Z','lang':'en'}}"))
                .isEqualTo(post("12", "Mars", "en", false, ""));
        assertThat(parse("{'id':'12','text':'RT','created_at':'2021-12-31T19:58:56.000Z','referenced_tweets':"
                        + "[{'type':'replied_to','id':'3'},{'type':'retweeted','id':'7'}]}"))
                .isEqualTo(post("12", "RT", "", true, "7"));
    }

    @Test
    void readsXApiV1() {
        assertThat(parse("{'id':12,'id_str':'12','text':'cut…','full_text':'whole','lang':'en',"
                        + "'created_at':'Fri Dec 31 19:58:56 +0000 2021','retweeted_status':{'id_str':'7'}}"))
                .isEqualTo(post("12", "whole", "en", true, "7"));
    }

    @Test
    void readsPostsOfBlueskysJetstream() {
        assertThat(
                        parse(
                                "{'did':'did:plc:ab','time_us':1640980736000000,'kind':'commit','commit':{'operation':'create',"
                                        + "'collection':'app.bsky.feed.post','rkey':'3l','record':{'text':'Hola','langs':['es','en']}}}"))
                .isEqualTo(post("at://did:plc:ab/app.bsky.feed.post/3l", "Hola", "es", false, ""));
    }

    @Test
    void distinguishesOtherJetstreamEventsFromMalformedPosts() {
        assertThat(parse("{'did':'did:plc:ab','time_us':1640980736000000,'kind':'identity'}")
                        .reason())
                .isEqualTo(MalformedReason.NOT_A_POST);
        assertThat(parse("{'did':'d','time_us':1,'kind':'commit','commit':{'operation':'create','rkey':'3l',"
                                + "'collection':'app.bsky.feed.like','record':{}}}")
                        .reason())
                .isEqualTo(MalformedReason.NOT_A_POST);
        assertThat(parse("{'did':'d','time_us':1,'kind':'commit','commit':{'operation':'delete','rkey':'3l',"
                                + "'collection':'app.bsky.feed.post'}}")
                        .reason())
                .isEqualTo(MalformedReason.NOT_A_POST);
    }

    @Test
    void readsFlatObjects() {
        assertThat(parse("{'id':5,'text':'','timestamp':1640980736,'lang':null}"))
                .isEqualTo(post("5", "", "", false, ""));
    }

    @Test
    void readsTheUsersPaths() {
        PostColumns columns = new PostColumns("meta.key", "meta.at[1]", "body.text", "langs", "shared");
        String line = "{'meta':{'key':9,'at':[0,1640980736]},'body.text':'dotted','langs':['de'],'shared':'4'}";

        assertThat(new JsonPosts(columns).parse(line.replace('\'', '"')))
                .isEqualTo(post("9", "dotted", "de", true, "4"));
    }

    @Test
    void readsAFlagAsARepostOfAnUnknownPost() {
        PostColumns columns = new PostColumns("", "", "", "", "retweeted");
        String line = "{'id':5,'text':'a','time':1640980736,'retweeted':%s}".replace('\'', '"');

        assertThat(new JsonPosts(columns).parse(String.format(line, "true"))).isEqualTo(post("5", "a", "", true, ""));
        assertThat(new JsonPosts(columns).parse(String.format(line, "false"))).isEqualTo(post("5", "a", "", false, ""));
    }

    @Test
    void reportsWhatIsMissing() {
        assertThat(parse("{'id':5").reason()).isEqualTo(MalformedReason.UNREADABLE);
        assertThat(parse("[1]").reason()).isEqualTo(MalformedReason.UNREADABLE);
        assertThat(parse("{'id':'','text':'a','time':1640980736}").reason()).isEqualTo(MalformedReason.NO_ID);
        assertThat(parse("{'id':'None','text':'a','time':1640980736}").reason()).isEqualTo(MalformedReason.NO_ID);
        assertThat(parse("{'id':5,'text':'a'}").reason()).isEqualTo(MalformedReason.NO_TIME);
        assertThat(parse("{'id':5,'text':'a','time':'soon'}").reason()).isEqualTo(MalformedReason.BAD_TIME);
        assertThat(parse("{'id':5,'time':1640980736}").reason()).isEqualTo(MalformedReason.NO_TEXT);
    }
}
