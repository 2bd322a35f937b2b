package org.emrelay.jobs.churn.events;

import java.util.List;

/** The vocabulary for generated people, artists, songs and towns. */
final class Vocabulary {
    static final List<String> FEMALE_NAMES = list("""
            Abigail Alice Amelia Anna Bella Carla Chloe Clara Daisy Diana Elena Ella Emily Erin Eva Faith Grace Hannah Hazel
            Ines Iris Isabel Ivy Jane Jasmine Julia Kate Kayla Laura Leah Lena Lily Lucy Maria Maya Mia Molly Nadia Naomi Nina
            Nora Olive Paula Rosa Ruby Sara Sofia Stella Tara Zoe""");
    static final List<String> MALE_NAMES = list("""
            Aaron Adam Adrian Alan Ben Brian Caleb Carl Colin Daniel David Dylan Edward Eli Eric Evan Felix Frank Gabriel
            George Henry Hugo Ian Isaac Jack Jacob James Joel John Kevin Leo Liam Lucas Luke Mark Martin Max Miles Nathan Noah
            Oliver Oscar Owen Paul Peter Ryan Samuel Simon Thomas Victor""");
    static final List<String> SURNAMES = list("""
            Abbott Adams Allen Bailey Baker Barnes Bell Bennett Bishop Black Boyd Brooks Burns Butler Campbell Carter Castillo
            Chen Clark Coleman Collins Cook Cooper Cox Cruz Davis Diaz Dixon Edwards Ellis Evans Fisher Ford Foster Fox Garcia
            Gibson Gomez Grant Gray Green Griffin Hall Harris Hart Hayes Henry Hill Holmes Howard Hughes Hunt Jackson James
            Jenkins Jones Jordan Kelly Kennedy Kim King Knight Lane Lee Lewis Long Lopez Marshall Martin Mason Miller Mills
            Moore Morgan Morris Murphy Myers Nelson Nguyen Ortiz Owens Parker Patel Perez Perry Powell Price Ramirez Reed
            Reyes Rice Rivera Roberts Rogers Rose Ross Ruiz Russell Sanders Scott Shaw Simpson Smith Stone Sullivan Taylor
            Torres Tucker Turner Walker Ward Watson Webb Wells West White Wood Wright Young""");
    static final List<String> ADJECTIVES = list("""
            Amber Ancient Beautiful Bitter Black Blue Brave Bright Broken Burning Calm Clever Cold Crooked Crystal Dark Distant
            Dizzy Electric Empty Endless Faded Fallen Final Foolish Forgotten Frozen Gentle Golden Grand Green Hidden Hollow
            Honest Hungry Idle Iron Lonely Lost Lucky Mellow Midnight Modern Naked Northern Pale Paper Patient Perfect Plastic
            Quiet Red Restless Royal Sacred Secret Silent Silver Simple Sleepy Slow Southern Strange Sudden Sweet Tender
            Thirsty Tiny Velvet Violet Wandering Wasted White Wicked Wild Winter Wooden Young""");
    static final List<String> NOUNS = list("""
            Anchor Angel Arrow Avenue Balcony Bandit Bell Bird Boat Bridge Brother Candle Canyon Castle Circle City Cloud
            Coast Comet Compass Corner Cowboy Crown Dancer Daughter Desert Diamond Dream Drum Eagle Echo Engine Evening
            Feather Fire Flame Flower Forest Fountain Fox Garden Ghost Giant Guitar Hammer Harbor Heart Highway Horizon Horse
            Hotel Hour House Hunter Island Jacket Jungle Kettle King Kite Ladder Lake Lantern Letter Lighthouse Lion Machine
            Magnet Mansion Market Meadow Memory Mirror Moment Moon Morning Motel Mountain Neighbor Night Ocean Orchard Painter
            Parade Pilot Pirate Planet Poet Pony Prayer Prophet Puzzle Queen Radio Rainbow Raven Rider River Road Rocket Room
            Saint School Season Shadow Sister Sky Soldier Spider Stranger Street Summer Sunday Sparrow Station Storm Story
            Stream Swallow Telephone Temple Thief Thunder Tiger Tower Town Train Traveler Treasure Valley Village Voice Wagon
            Wall Water Wheel Whisper Window Winter Wire Wolf Wonder""");

    private Vocabulary() {}

    static List<String> list(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
