package org.emrelay.jobs.churn.events;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.jobs.random.KeyedRandom;

/** The locations of users: large US metropolitan areas, followed by made-up small towns. */
final class Locations {
    /** With Zipf weights by rank, about 886 of these appear in the full log and 114 in the small one. */
    static final int NUMBER = 900;

    private static final long STREAM = 2;

    private static final String METROPOLITAN_AREAS = """
            New York-Newark-Jersey City, NY-NJ-PA
            Los Angeles-Long Beach-Anaheim, CA
            Chicago-Naperville-Elgin, IL-IN-WI
            Dallas-Fort Worth-Arlington, TX
            Houston-The Woodlands-Sugar Land, TX
            Philadelphia-Camden-Wilmington, PA-NJ-DE-MD
            Washington-Arlington-Alexandria, DC-VA-MD-WV
            Miami-Fort Lauderdale-West Palm Beach, FL
            Atlanta-Sandy Springs-Roswell, GA
            Boston-Cambridge-Newton, MA-NH
            San Francisco-Oakland-Hayward, CA
            Phoenix-Mesa-Scottsdale, AZ
            Riverside-San Bernardino-Ontario, CA
            Detroit-Warren-Dearborn, MI
            Seattle-Tacoma-Bellevue, WA
            Minneapolis-St. Paul-Bloomington, MN-WI
            San Diego-Carlsbad, CA
            Tampa-St. Petersburg-Clearwater, FL
            Denver-Aurora-Lakewood, CO
            St. Louis, MO-IL
            Baltimore-Columbia-Towson, MD
            Charlotte-Concord-Gastonia, NC-SC
            Portland-Vancouver-Hillsboro, OR-WA
            San Antonio-New Braunfels, TX
            Orlando-Kissimmee-Sanford, FL
            Sacramento--Roseville--Arden-Arcade, CA
            Pittsburgh, PA
            Cincinnati, OH-KY-IN
            Las Vegas-Henderson-Paradise, NV
            Kansas City, MO-KS
            Cleveland-Elyria, OH
            Columbus, OH
            Austin-Round Rock, TX
            Indianapolis-Carmel-Anderson, IN
            San Jose-Sunnyvale-Santa Clara, CA
            Nashville-Davidson--Murfreesboro--Franklin, TN
            Virginia Beach-Norfolk-Newport News, VA-NC
            Providence-Warwick, RI-MA
            Milwaukee-Waukesha-West Allis, WI
            Jacksonville, FL
            Oklahoma City, OK
            Memphis, TN-MS-AR
            Raleigh, NC
            Louisville/Jefferson County, KY-IN
            Richmond, VA
            New Orleans-Metairie, LA
            Hartford-West Hartford-East Hartford, CT
            Salt Lake City, UT
            Birmingham-Hoover, AL
            Buffalo-Cheektowaga-Niagara Falls, NY
            Rochester, NY
            Grand Rapids-Wyoming, MI
            Tucson, AZ
            Honolulu, HI
            Tulsa, OK
            Fresno, CA
            Worcester, MA-CT
            Omaha-Council Bluffs, NE-IA
            Bridgeport-Stamford-Norwalk, CT
            Albuquerque, NM
            Bakersfield, CA
            Knoxville, TN
            Baton Rouge, LA
            El Paso, TX
            Charleston-North Charleston, SC
            Little Rock-North Little Rock-Conway, AR
            Boise City, ID
            Des Moines-West Des Moines, IA
            Spokane-Spokane Valley, WA
            Jackson, MS
            Wichita, KS
            Portland-South Portland, ME
            Anchorage, AK
            Billings, MT
            Fargo, ND-MN
            Sioux Falls, SD
            Burlington-South Burlington, VT
            Manchester-Nashua, NH
            Charleston, WV
            Cheyenne, WY
            Dover, DE
            """;
    private static final List<String> STATES = Vocabulary.list("""
            AL AK AZ AR CA CA CO CT FL FL GA HI ID IL IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NY NC ND OH
            OH OK OR PA PA SC SD TN TX TX UT VT VA WA WV WI WY""");
    private static final List<String> BEGINNINGS = Vocabulary.list("""
            Alder Ash Bar Birch Bright Brook Cedar Clear Cold Cran Cross Elm Fair Farm Glen Green Hart High Kings Lake Maple
            Mill Oak Pine Plain River Rock Rose Sand Spring Stan Stone Wal West White Win""");
    private static final List<String> ENDINGS = Vocabulary.list(
            "bridge brook bury dale field ford gate ham haven land mont port side stead ton view ville wood");

    private Locations() {}

    /** Returns all locations, the largest first. */
    static List<String> all() {
        Set<String> names = new LinkedHashSet<>(METROPOLITAN_AREAS.lines().toList());
        KeyedRandom random = new KeyedRandom(STREAM, 0, 0);
        while (names.size() < NUMBER) {
            String town = pick(BEGINNINGS, random) + pick(ENDINGS, random);
            String name = random.nextBoolean(15) ? town + "-" + pick(BEGINNINGS, random) + pick(ENDINGS, random) : town;
            names.add(name + ", " + pick(STATES, random));
        }
        return new ArrayList<>(names);
    }

    private static String pick(List<String> words, KeyedRandom random) {
        return words.get(random.nextBelow(words.size()));
    }
}
