package org.emrelay.runner.platform.python;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a zip whose bytes depend on names and contents only, and if it is compressed, on the version of zlib. */
final class SteadyZip implements AutoCloseable {
    /** The earliest time of the format, in local time: it does not depend on the time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private final boolean isCompressed;

    private SteadyZip(Path target, boolean isCompressed) throws IOException {
        this.zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(target)), StandardCharsets.UTF_8);
        this.isCompressed = isCompressed;
    }

    static SteadyZip create(Path target) throws IOException {
        return new SteadyZip(target, false);
    }

    static SteadyZip createCompressed(Path target) throws IOException {
        return new SteadyZip(target, true);
    }

    void add(String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        if (!isCompressed) {
            CRC32 checksum = new CRC32();
            checksum.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(checksum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
