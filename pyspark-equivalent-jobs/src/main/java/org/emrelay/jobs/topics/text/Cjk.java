package org.emrelay.jobs.topics.text;

/** Recognizes Chinese and Japanese characters, which are written without spaces between words. Korean uses spaces. */
final class Cjk {
    private Cjk() {}

    static boolean contains(int codePoint) {
        return codePoint >= 0x3005
                && (codePoint <= 0x3007
                        || (codePoint >= 0x3041 && codePoint <= 0x3096)
                        || (codePoint >= 0x30A1 && codePoint <= 0x30FA)
                        || (codePoint >= 0x30FC && codePoint <= 0x30FE)
                        || (codePoint >= 0x31F0 && codePoint <= 0x31FF)
                        || (codePoint >= 0x3400 && codePoint <= 0x4DBF)
                        || (codePoint >= 0x4E00 && codePoint <= 0x9FFF)
                        || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
                        || (codePoint >= 0x20000 && codePoint <= 0x3FFFF));
    }
}
