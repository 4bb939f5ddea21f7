using System.Collections.Immutable;

namespace Loyalty.Web.Live.Simulation;

/// <summary>Names for people who do not exist, from many places, as in the rooms that these workshops are held in.</summary>
internal static class SimulatedNames
{
    private static readonly ImmutableArray<string> First =
    [
        "Aaliyah", "Adaeze", "Agnieszka", "Ahmed", "Aiko", "Ainhoa", "Alessandro", "Alice", "Amara", "Amélie", "Ana", "Anders",
        "Anjali", "Anton", "Aoife", "Arjun", "Astrid", "Ayşe", "Beatriz", "Benedikt", "Bilal", "Björn", "Camille", "Carlos",
        "Chiara", "Chidi", "Chloé", "Daniela", "Darius", "Deepa", "Dilara", "Dmitri", "Eleni", "Elif", "Emeka", "Emil",
        "Esther", "Fatima", "Fiona", "Florian", "Freya", "Gabriel", "Giulia", "Grace", "Hamza", "Hana", "Hannah", "Haruto",
        "Helena", "Hugo", "Ibrahim", "Ines", "Ingrid", "Ivana", "Jamal", "Jasmin", "João", "Jonas", "Josefine", "Kaito",
        "Karim", "Katarzyna", "Kofi", "Lars", "Layla", "Leila", "Lena", "Liam", "Lin", "Linh", "Luca", "Lucía",
        "Magdalena", "Malik", "Manon", "Marek", "Mariam", "Mateo", "Matthias", "Mei", "Mia", "Miguel", "Mira", "Moritz",
        "Nadia", "Naledi", "Ngozi", "Niamh", "Nikolai", "Nour", "Olga", "Oliver", "Omar", "Oskar", "Paolo", "Petra",
        "Pilar", "Priya", "Rafael", "Ravi", "Rosa", "Ruth", "Samira", "Samuel", "Sanne", "Selma", "Sinéad", "Sofia",
        "Stefan", "Sunita", "Svenja", "Tariq", "Thabo", "Theo", "Tomasz", "Ulrike", "Valentina", "Viktor", "Wanjiru", "Wei",
        "Xiomara", "Yara", "Yusuf", "Zeynep", "Zoé", "Zuzana",
    ];

    private static readonly ImmutableArray<string> Last =
    [
        "Abebe", "Achterberg", "Adeyemi", "Ahmadi", "Almeida", "Andersson", "Aydın", "Bakker", "Banerjee", "Barbieri", "Bauer", "Becker",
        "Bianchi", "Blanchard", "Boateng", "Brandt", "Byrne", "Castillo", "Chen", "Cohen", "Costa", "Dąbrowska", "de Vries", "Demir",
        "Diallo", "Dubois", "Eriksen", "Fernández", "Fischer", "Fofanah", "Fournier", "Garcia", "Ghosh", "Gomes", "Haddad", "Hansen",
        "Hashimoto", "Hoffmann", "Horvat", "Hughes", "Ito", "Jansen", "Jovanović", "Kamau", "Kaplan", "Karlsson", "Kaya", "Keller",
        "Khan", "Kim", "Kowalski", "Krüger", "Kumar", "Lefèvre", "Lindqvist", "Lopez", "Marino", "Martins", "Mbeki", "McCarthy",
        "Mendes", "Meyer", "Mokoena", "Moreau", "Murphy", "Nakamura", "Nguyen", "Nielsen", "Novák", "Nowak", "O’Brien", "Okafor",
        "Okonkwo", "Olsen", "Özdemir", "Papadopoulos", "Patel", "Pereira", "Petrov", "Pham", "Popescu", "Rahman", "Ramos", "Reddy",
        "Ricci", "Rossi", "Roux", "Saito", "Santos", "Schmidt", "Schneider", "Schulz", "Sharma", "Silva", "Singh", "Sørensen",
        "Sousa", "Stein", "Tanaka", "Teixeira", "Tran", "van Dijk", "Vogel", "Wagner", "Walsh", "Wang", "Weber", "Yıldız",
        "Yilma", "Zhang", "Ziegler", "Zimmermann",
    ];

    /// <summary>Names that all differ.</summary>
    public static ImmutableArray<string> Take(int count, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, First.Length * Last.Length);
        var firstNames = First.ToArray();
        var lastNames = Last.ToArray();
        random.Shuffle(firstNames);
        random.Shuffle(lastNames);

        // Each round over the first names moves on by one more last name, until every pair has been used.
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; taken.Count < count; i++)
            taken.Add($"{firstNames[i % firstNames.Length]} {lastNames[(i + i / firstNames.Length) % lastNames.Length]}");
        return [.. taken];
    }
}
