package org.emrelay.sqlscript;

/** A position in a SQL file, counted from 1 as editors do. */
public record SqlPosition(int line, int column) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
