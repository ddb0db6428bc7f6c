/* test_layout.c - what the lines of a text are: title, heading, item, table, furniture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "aitrack/arena.h"
#include "aitrack/pattern.h"
#include "aitrack/strbuf.h"
#include "aitrack/text.h"
#include "data_folder.h"
#include "fixture.h"

static struct arena      *run;
static struct text_rules *rules;
static struct matcher    *matcher;

static bool load_data(const struct data_files *files, struct arena *in, struct error *err)
{
    matcher = matcher_new(in);
    return text_rules_load(files, in, &rules, err);
}

static int load(void **state)
{
    (void)state;
    return fixture_open(&run, load_data);
}

static int unload(void **state)
{
    (void)state;
    arena_close(run);
    return 0;
}

/* A letter for each block: Title, Dateline, Heading, Bullet, taBle as A, Paragraph,
 * Furniture. */
static const char *kinds_of(struct arena *arena, const char *source, const char *title,
                            struct text *text)
{
    static const char letters[] = "TDHBAPF";
    struct strbuf     buf = strbuf_in(arena);

    text_build(rules, matcher, str_from(source), str_from(title), arena, text);
    for (size_t i = 0; i < text->block_count; i++)
        strbuf_add_char(&buf, letters[text->blocks[i].kind]);
    return str_cstring(arena, strbuf_str(&buf));
}

#define PROSE "Le groupe a signé lundi un accord avec la ville, qui fournira le terrain."

static const struct {
    const char *name, *source, *kinds, *title;
} layouts[] = {
    { "empty", "", "", "" },
    { "one sentence", PROSE, "P", "" },
    { "title", "Lumen lève cinq millions d'euros\n\n" PROSE, "TP",
      "Lumen lève cinq millions d'euros" },
    { "title with a question", "Lumen peut-il lever des fonds ?\n" PROSE, "TP",
      "Lumen peut-il lever des fonds ?" },
    { "no title but prose", PROSE "\nUne autre phrase suit.", "PP", "" },
    { "dateline and byline",
      "Tech > IA\nLumen lève cinq millions d'euros\nPublié le 3 mars 2025 à 8h\nPar Anne "
      "Roy\n" PROSE,
      "DTDDP", "Lumen lève cinq millions d'euros" },
    { "label above the title",
      "COMMUNIQUÉ DE PRESSE\nPour diffusion immédiate\n\nLUMEN OUVRE UNE USINE À METZ\n\n" PROSE,
      "HHTP", "LUMEN OUVRE UNE USINE À METZ" },
    { "letterhead",
      "Ministre du Calcul\nService de presse\n\nMetz, le 3 mars 2025\n\nUn plan pour le calcul "
      "intensif en Lorraine\n\n" PROSE,
      "PFDTP", "Un plan pour le calcul intensif en Lorraine" },
    { "stray word", "in\n\nLumen lève cinq millions d'euros\n\n" PROSE, "PTP",
      "Lumen lève cinq millions d'euros" },
    { "short title", "Lumen grandit\n\n" PROSE, "TP", "Lumen grandit" },
    { "headings", PROSE "\n\nUn marché disputé\n\n" PROSE "\nEt ailleurs ?\n" PROSE, "PHPHP", "" },
    { "bullets",
      PROSE "\nLes chiffres\n– Lumen (Metz) : 3 M€ en série A.\n- Opale : 2 M€\n• Nacre ;\n" PROSE,
      "PHBBBP", "" },
    { "numbered headings", PROSE "\n1. Le calcul\n- 3 M€ ;\n- 2 M€.\n2. Les puces\n- 4 M€.",
      "PHBBHB", "" },
    { "numbered list", PROSE "\n1. Hors taxes.\n2. Voir le rapport.", "PBB", "" },
    { "table", PROSE "\nTableau (en M€)\nAction | Porteur | Montant\nCalcul | Opale | 360", "PHA",
      "" },
    { "table of tabs", PROSE "\nAction\tPorteur\tMontant\nCalcul\tOpale\t360", "PA", "" },
    { "a bar is no table", PROSE "\n" PROSE " | Lumen", "PP", "" },
    { "menu", "Accueil   Fonds   Agenda   Lettre\n\nLumen lève cinq millions d'euros\n\n" PROSE,
      "FTP", "Lumen lève cinq millions d'euros" },
    { "list of titles",
      PROSE "\n\nLire aussi :\nOpale lève deux millions\nLe plan de Metz\n\n" PROSE, "PHPPP", "" },
    { "furniture",
      PROSE "\n12 commentaires\nPublicité\n" PROSE
            "\nCookies : en poursuivant, vous acceptez les traceurs.\nwww.lumen.example\n© 2025 "
            "Lumen\nAnne Roy – 01 23 45 67 89\nPage 3/4\nabc/def\nPartager : X | LinkedIn",
      "PFFPFFFFFFF", "" },
    { "figures are never furniture",
      PROSE "\nPartager cet article coûte 2 €\nSARL au capital de 10 000 euros, mentions légales\n"
            "S'abonner pour 5 euros à la newsletter, inscrivez-vous",
      "PPPP", "" },
    { "live report",
      "EN DIRECT - Le sommet du calcul heure par heure\n\n19h20 - Un plan pour l'Europe\n" PROSE,
      "THP", "EN DIRECT - Le sommet du calcul heure par heure" },
    { "interview",
      "Entretien\n\n« On ne vend pas notre avenir »\n\nCombien avez-vous levé ?\nA. R. : Cinq "
      "millions. C'est peu.",
      "HTHP", "« On ne vend pas notre avenir »" },
    { "hard wrapped",
      "LUMEN OUVRE UNE USINE À METZ\n\n"
      "Le groupe Lumen a annoncé lundi à Metz qu'il mettrait cinq millions\n"
      "d'euros dans une usine de cartes de calcul, qui emploiera une\n"
      "centaine de personnes dès la fin de l'année prochaine. La ville\n"
      "fournira le terrain.\n\n"
      "La région, qui cherche depuis longtemps à faire venir des groupes\n"
      "de ce secteur, ajoutera deux millions.",
      "TPP", "LUMEN OUVRE UNE USINE À METZ" },
    { "a list is not wrapped",
      PROSE "\nLa ville de Metz et son agglomération nouvelle\nLe fonds souverain de la Lorraine "
            "belge\nUne banque publique du nord de la France\nLa caisse des villes moyennes de "
            "l'Est",
      "PPPPP", "" },
    { "broken number", "Le groupe promet 109\nmilliards d'euros à la ville.", "P", "" },
    { "broken phrase", "Le groupe annonce l'acquisition de\nLumen, à Metz.", "P", "" },
    { "not broken", "Le groupe promet 109 postes.\nmilliards de choses.", "PP", "" },
};

static void test_layouts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(layouts); i++) {
        struct arena *arena = arena_open();
        struct text   text;
        const char   *kinds = kinds_of(arena, layouts[i].source, "", &text);

        if (strcmp(kinds, layouts[i].kinds) != 0)
            print_error("%s\n", layouts[i].name);
        assert_string_equal(kinds, layouts[i].kinds);
        assert_string_equal(str_cstring(arena, text.title), layouts[i].title);
        arena_close(arena);
    }
}

static void test_given_title(void **state)
{
    struct arena *arena = arena_open();
    struct text   text;

    (void)state;
    assert_string_equal(kinds_of(arena, PROSE "\n" PROSE, "L’usine de Metz", &text), "PP");
    assert_string_equal(str_cstring(arena, text.title), "L'usine de Metz");
    /* found in the text, without the name of the site */
    assert_string_equal(kinds_of(arena,
                                 "Tout le calcul en bref\n\nUne usine ouvre à Metz\n\n" PROSE,
                                 "Une usine ouvre à Metz | Le Messin", &text),
                        "PTP");
    assert_string_equal(str_cstring(arena, text.title), "Une usine ouvre à Metz");
    arena_close(arena);
}

static void test_headings(void **state)
{
    struct arena *arena = arena_open();
    struct text   text;

    (void)state;
    assert_string_equal(kinds_of(arena,
                                 PROSE "\n\nLe calcul\n\n" PROSE "\n- 3 M€\n\nLes puces\n\n" PROSE,
                                 "", &text),
                        "PHPBHP");
    assert_int_equal(text.blocks[0].heading, UINT32_MAX);
    assert_int_equal(text.blocks[1].heading, UINT32_MAX);
    assert_int_equal(text.blocks[2].heading, 1);
    assert_int_equal(text.blocks[3].heading, 1);
    assert_int_equal(text.blocks[5].heading, 4);
    arena_close(arena);
}

/* A join takes the place of the line end, so that offsets stay right. */
static void test_join_keeps_offsets(void **state)
{
    struct arena *arena = arena_open();
    struct text   text;
    const char   *source = "Le groupe promet 109 \r\nmilliards d’euros à la ville.";
    size_t        at, end;

    (void)state;
    kinds_of(arena, source, "", &text);
    at = str_find(text.folded, STR("109 milliards d'euros"), 0);
    assert_int_not_equal(at, STR_NONE);
    end = text_source_offset(&text, at + strlen("109 milliards d'euros"));
    assert_string_equal(
        str_cstring(arena, str_slice(text.source, text_source_offset(&text, at), end)),
        "109 \r\nmilliards d’euros");
    arena_close(arena);
}

static void test_rule_examples(void **state)
{
    size_t passed = 0, failed = 0;

    (void)state;
    text_test_rules(rules, matcher, run, stderr, &passed, &failed);
    assert_true(passed > 50);
    assert_int_equal(failed, 0);
}

static const struct {
    const char *rules, *abbreviations, *message;
} bad_data[] = {
    { "rule a\nkind menu\npattern x\naccepts x\nrefuses y\n", "form\tuse\n", "unknown kind" },
    { "rule a\nkind furniture\npattern (x\naccepts x\nrefuses y\n", "form\tuse\n",
      "layout.rules:1" },
    { "rule a\nkind label\naccepts x\nrefuses y\n", "form\tuse\n", "no pattern" },
    { "rule a\nkind label\nholds x\npattern x\naccepts x\nrefuses y\n", "form\tuse\n", "holds" },
    { "rule a\nkind label\npattern x\naccepts x\nrefuses y\n", "form\tuse\n",
      "no rule of the kind" },
    { NULL, "form\tuse\nart.\talways\n", "unknown use" },
    { NULL, "form\tuse\nart\tnever\n", "the point is missing" },
    { NULL, "form\tuse\nsérie.\tletter\n", "has no point" },
    { NULL, "form\tuse\nart.|art.\tnever\n", "twice" },
};

static void test_bad_data(void **state)
{
    static const char *const kinds[] = { "furniture", "dateline", "label", "bullet",
                                         "number",    "open",     "figure" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad_data); i++) {
        struct arena      *arena = arena_open();
        struct strbuf      all = strbuf_in(arena);
        struct data_folder folder;
        struct data_files  files;
        struct text_rules *out = NULL;
        struct error       err = { .kind = ERROR_NONE };
        char               path[sizeof folder.path + 16];

        for (size_t k = 0; k < COUNT_OF(kinds); k++)
            strbuf_add_format(&all, "rule %s\nkind %s\npattern x\naccepts x\nrefuses y\n\n",
                              kinds[k], kinds[k]);
        data_folder_open(&folder);
        snprintf(path, sizeof path, "%s/rules", folder.path);
        assert_int_equal(mkdir(path, 0700), 0);
        snprintf(path, sizeof path, "%s/lexicons", folder.path);
        assert_int_equal(mkdir(path, 0700), 0);
        if (bad_data[i].rules)
            data_folder_write(&folder, "rules/layout.rules", bad_data[i].rules,
                              strlen(bad_data[i].rules));
        else
            data_folder_write(&folder, "rules/layout.rules", all.ptr, all.len);
        data_folder_write(&folder, "lexicons/abbreviations.tsv", bad_data[i].abbreviations,
                          strlen(bad_data[i].abbreviations));
        files.folder = folder.path;
        assert_false(text_rules_load(&files, arena, &out, &err));
        assert_int_equal(err.kind, ERROR_DATA);
        if (!strstr(err.text, bad_data[i].message))
            fail_msg("%s instead of: %s", err.text, bad_data[i].message);
        assert_null(out);
        data_folder_remove(folder.path);
        arena_close(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layouts),       cmocka_unit_test(test_given_title),
        cmocka_unit_test(test_headings),      cmocka_unit_test(test_join_keeps_offsets),
        cmocka_unit_test(test_rule_examples), cmocka_unit_test(test_bad_data),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
