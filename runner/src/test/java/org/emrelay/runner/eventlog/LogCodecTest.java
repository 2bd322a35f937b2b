package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LogCodecTest {
    private static final String LOG = "local-1796083009054";

    @ParameterizedTest
    @EnumSource(LogCodec.class)
    void decodesWhatSparkCompressed(LogCodec codec) throws IOException {
        byte[] plain = resource(LOG);

        try (InputStream decoded = codec.decode(new ByteArrayInputStream(resource(file(codec))))) {
            assertThat(decoded.readAllBytes()).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource(LogCodec.class)
    void decodesConcatenatedStreams(LogCodec codec) throws IOException {
        byte[] plain = resource(LOG);
        InputStream twice = new SequenceInputStream(
                new ByteArrayInputStream(resource(file(codec))), new ByteArrayInputStream(resource(file(codec))));

        try (InputStream decoded = codec.decode(twice)) {
            assertThat(decoded.readAllBytes()).hasSize(2 * plain.length).endsWith(plain);
        }
    }

    @Test
    void decodesUncompressedBlocks() throws IOException {
        byte[] chunk = {'Z', 'V', 0, 0, 2, 'h', 'i'};

        try (InputStream decoded = LogCodec.LZF.decode(new ByteArrayInputStream(chunk))) {
            assertThat(decoded.readAllBytes()).asString().isEqualTo("hi");
        }
    }

    @Test
    void rejectsHugeBlocks() {
        byte[] lz4 = ByteBuffer.allocate(21)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("LZ4Block".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0x25)
                .putInt(100)
                .putInt(Integer.MAX_VALUE)
                .array();
        byte[] snappy = {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};

        assertThatThrownBy(
                        () -> LogCodec.LZ4.decode(new ByteArrayInputStream(lz4)).readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessage("Invalid block size: 2147483647");
        assertThatThrownBy(() ->
                        LogCodec.SNAPPY.decode(new ByteArrayInputStream(snappy)).readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessage("Invalid block size: 2147483647");
    }

    @ParameterizedTest
    @CsvSource({
        "app-1, NONE",
        "app-1.inprogress, NONE",
        "app-1.lz4.inprogress, LZ4",
        "logs.d/app-1, NONE",
        "eventlog_v2_app-1/events_1_app-1.snappy, SNAPPY",
        "eventlog_v2_app-1/events_1_app-1.lzf.compact, LZF",
        "application_1_1_1.zstd, ZSTD"
    })
    void isNamedBySuffix(String path, LogCodec codec) {
        assertThat(LogCodec.of(path)).contains(codec);
    }

    @Test
    void knowsNoOtherSuffix() {
        assertThat(LogCodec.of("app-1.gz")).isEmpty();
    }

    private static String file(LogCodec codec) {
        return codec == LogCodec.NONE ? LOG : LOG + "." + codec.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream file = LogCodecTest.class.getResourceAsStream(name)) {
            assertThat(file).as(name).isNotNull();
            return file.readAllBytes();
        }
    }
}
