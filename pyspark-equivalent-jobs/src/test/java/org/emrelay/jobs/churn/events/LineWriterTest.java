package org.emrelay.jobs.churn.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.emrelay.jobs.churn.events.LineWriter.Moment;
import org.junit.jupiter.api.Test;

class LineWriterTest {
    private static final Moment MOMENT = new Moment(38, 4, 1541105830796L);

    private final LineWriter writer = new LineWriter(new UserProfile(
            "39", "Walter", "Frye", "M", "Napa, CA", "Mozilla/5.0 (X11; Linux x86_64)", 1540919166796L));

    @Test
    void writesASongLikeTheRealLog() {
        assertThat(writer.line(
                        MOMENT, Page.NEXT_SONG, "Logged In", true, new Song("Anna Fox", "My Blue Bird", 246.308)))
                .isEqualTo("{\"artist\":\"Anna Fox\",\"auth\":\"Logged In\",\"firstName\":\"Walter\",\"gender\":\"M\","
                        + "\"itemInSession\":4,\"lastName\":\"Frye\",\"length\":246.308,\"level\":\"paid\","
                        + "\"location\":\"Napa, CA\",\"method\":\"PUT\",\"page\":\"NextSong\","
                        + "\"registration\":1540919166796.0,\"sessionId\":38,\"song\":\"My Blue Bird\",\"status\":200,"
                        + "\"ts\":1541105830796,\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64)\",\"userId\":\"39\"}");
    }

    @Test
    void writesNullsWithoutASong() {
        assertThat(writer.line(MOMENT, Page.HOME, "Logged In", false, null))
                .startsWith("{\"artist\":null,\"auth\":\"Logged In\",")
                .contains(
                        "\"length\":null,\"level\":\"free\",",
                        "\"method\":\"GET\",\"page\":\"Home\",",
                        "\"song\":null,");
    }

    @Test
    void writesNoUserDataWhenLoggedOut() {
        assertThat(LineWriter.unidentifiedLine(MOMENT, Page.LOGIN, "Logged Out", false, ""))
                .isEqualTo("{\"artist\":null,\"auth\":\"Logged Out\",\"firstName\":null,\"gender\":null,"
                        + "\"itemInSession\":4,\"lastName\":null,\"length\":null,\"level\":\"free\",\"location\":null,"
                        + "\"method\":\"PUT\",\"page\":\"Login\",\"registration\":null,\"sessionId\":38,\"song\":null,"
                        + "\"status\":307,\"ts\":1541105830796,\"userAgent\":null,\"userId\":\"\"}");
    }
}
