namespace AcodeOps.Lab.Sales;

/// <summary>The three tables as the installation has them.</summary>
public static class SalesTables
{
    public const string Daily = "farmarcas_si_analitico_diario";

    public const string Products = "farmarcas_si_analitico_diario_produtos";

    public const string Invoices = "farmarcas_si_analitico_diario_complemento";

    public static IReadOnlyList<string> All { get; } = [Products, Daily, Invoices];

    public static string Create(bool withIndexes) => $"""
        CREATE TABLE {Daily} (
          idpk BIGINT NOT NULL PRIMARY KEY,
          Data DATE, Data_Processamento DATETIME,
          CNPJ VARCHAR(18), CNPJ_Fornecedor VARCHAR(18), Fornecedor VARCHAR(255),
          EAN VARCHAR(14), NF_Numero BIGINT, CFOP INT, NCM BIGINT, CST VARCHAR(3),
          Qtd_Trib DECIMAL(15,4), Val_Prod DECIMAL(15,4), Val_Trib DECIMAL(15,4), ACODE_Val_Total DECIMAL(15,4),
          Aliquota_ICMS DECIMAL(7,4), Valor_ICMS DECIMAL(15,4), IPI DECIMAL(15,4), ST DECIMAL(15,4), STRet DECIMAL(15,4)
          {(withIndexes ? ", KEY idx_processamento (Data_Processamento), KEY idx_data (Data)" : "")}
        );
        CREATE TABLE {Products} (
          idpk BIGINT NOT NULL PRIMARY KEY,
          EAN VARCHAR(14), Produto VARCHAR(500), Fabricante VARCHAR(255), P_Ativo VARCHAR(500), Classe VARCHAR(255), Sub_Classe VARCHAR(255),
          Familia VARCHAR(255), Grupo VARCHAR(255), Tipo VARCHAR(255), Desc_Marca VARCHAR(255), Holding VARCHAR(255)
        );
        CREATE TABLE {Invoices} (
          idpk BIGINT NOT NULL PRIMARY KEY,
          Data_Processamento DATETIME, NF_Numero BIGINT, Chave_NFe VARCHAR(44), XML TEXT
          {(withIndexes ? ", KEY idx_processamento (Data_Processamento)" : "")}
        )
        """;
}
