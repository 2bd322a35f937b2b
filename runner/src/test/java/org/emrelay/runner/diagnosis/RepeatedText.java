package org.emrelay.runner.diagnosis;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A text repeated, without memory for it. */
final class RepeatedText extends InputStream {
    private final byte[] text;
    private long left;
    private int position;

    RepeatedText(String unit, long bytes) {
        this.text = unit.repeat(Math.max(1, (1 << 16) / unit.length())).getBytes(StandardCharsets.UTF_8);
        this.left = bytes / unit.length() * unit.length();
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("the log is read in blocks");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (left == 0) {
            return -1;
        }
        int count = (int) Math.min(left, Math.min(length, text.length - position));
        System.arraycopy(text, position, target, offset, count);
        position = (position + count) % text.length;
        left -= count;
        return count;
    }
}
