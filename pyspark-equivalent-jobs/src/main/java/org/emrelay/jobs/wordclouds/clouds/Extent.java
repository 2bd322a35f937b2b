package org.emrelay.jobs.wordclouds.clouds;

/** How large a shape is: its area, and the longest straight lines across and down that stay inside of it. */
record Extent(double area, int width, int height) {

    static Extent of(Mask mask) {
        long area = 0;
        int widest = 0;
        int highest = 0;
        int[] down = new int[mask.width()];
        for (int y = 0; y < mask.height(); y++) {
            int across = 0;
            for (int x = 0; x < mask.width(); x++) {
                boolean open = mask.isOpen(x, y);
                across = open ? across + 1 : 0;
                down[x] = open ? down[x] + 1 : 0;
                area += open ? 1 : 0;
                widest = Math.max(widest, across);
                highest = Math.max(highest, down[x]);
            }
        }
        return new Extent(area, widest, highest);
    }
}
